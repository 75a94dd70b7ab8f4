"""Logins, grants, tenants and sessions for tests, made through the service; every argument is optional."""

from typing import Any

from chalicelib.identity import service
from chalicelib.identity.model import Grant, Login, Tenant, Tokens
from chalicelib.identity.service import sessions
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, ClientKind

PHONE = '+79161234567'


def tenant(organisation: str = 'demo', **changes: Any) -> Tenant:
    """An organisation in Moscow that speaks Russian."""
    made = Tenant(organisation=organisation, **{'name': 'УК Ромашка', **changes})
    dynamo.commit(service.settling(made))
    return made


def grant(organisation: str = 'demo', grant_id: str = 'dispatcher', *permissions: str) -> Grant:
    """A role that allows what is named."""
    made = Grant(organisation=organisation, grant_id=grant_id, permissions=frozenset(permissions))
    dynamo.commit(service.granting(made))
    return made


def login(organisation: str = 'demo', was: Login | None = None, **changes: Any) -> Login:
    """A resident with a phone, or what the changes say; with `was` as its successor."""
    fields: dict[str, Any] = {'audience': Audience.RESIDENT, 'subject_id': 'c1', 'phone': PHONE}
    fields |= was.model_dump() if was else {'name': 'Анна Петрова'}
    made = Login(**{**fields, 'organisation': organisation, **changes})
    dynamo.commit(*service.admitting(made, was))
    return dynamo.get(service.reading_login(organisation, made.audience, made.subject_id))


def employee(organisation: str = 'demo', **changes: Any) -> Login:
    """An employee with an e-mail address, a phone and the role of a dispatcher, or the successor of `was`."""
    if 'was' in changes:
        return login(organisation, **changes)
    fields = {
        'phone': None,
        'audience': Audience.STAFF,
        'subject_id': 'e1',
        'name': 'Иван Сидоров',
        'email': 'ivan@romashka.example',
        'grant_id': 'dispatcher',
    }
    return login(organisation, **{**fields, **changes})


def session(of: Login, client: ClientKind | None = None, device: str | None = None) -> Tokens:
    """The tokens of a new session of the login, opened without a code."""
    usual = {Audience.STAFF: ClientKind.CRM, Audience.RESIDENT: ClientKind.RESIDENT_APP}
    tokens, writes = sessions.opening(of, client or usual[of.audience], device)
    dynamo.commit(*writes)
    return tokens
