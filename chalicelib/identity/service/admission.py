"""What houses above put here in their own transactions: people, roles, organisations."""

from chalicelib.identity import rules
from chalicelib.identity.events import SessionsEnded
from chalicelib.identity.model import Grant, Login, LoginNotFound, Tenant
from chalicelib.identity.repository import admitted
from chalicelib.kit import clock
from chalicelib.kit.caller import Audience
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import SYSTEM
from chalicelib.messaging import service as messaging


def reading_login(organisation: str, audience: Audience, subject_id: str) -> Read[Login]:
    """A look at the login (`missing` is LoginNotFound): what a house above gives to `admitting` as `was`."""
    return admitted.reading_login(organisation, audience, subject_id, LoginNotFound)


def finding_login(organisation: str, audience: Audience, subject_id: str) -> Read[Login | None]:
    """A look at the login that shows None where there is none yet."""
    return admitted.finding_login(organisation, audience, subject_id)


def admitting(login: Login, was: Login | None) -> list[Write]:
    """The person may sign in as `login` says, in place of `was`, as `reading_login` showed it (CLI-008).

    `version` and `generation` are set here, whatever `login` says. Sessions die when the login is blocked or
    closed or loses an address. Refusals: PhoneTaken, EmailTaken; ChangedMeanwhile if `was` is old.
    """
    if was is None:
        login = login.model_copy(update={'version': 1, 'generation': 1})
        return [admitted.keeping_login(login, None), *_addresses(login, None)]
    reason = rules.ending(login, was)
    login = login.model_copy(
        update={'version': was.version + 1, 'generation': was.generation + (1 if reason else 0)}
    )
    writes = [admitted.keeping_login(login, was), *_addresses(login, was)]
    if reason:
        ended = SessionsEnded(
            organisation=login.organisation,
            at=clock.now(),
            by=SYSTEM,
            audience=login.audience,
            subject_id=login.subject_id,
            session_id=None,
            reason=reason,
        )
        writes += admitted.announcing_of_login(login, ended)
        # Whoever holds a phone of the dead sessions must not read on its screen what concerns the person.
        writes += messaging.forget_devices(login.organisation, f'{login.audience}:{login.subject_id}')
    return writes


def _addresses(login: Login, was: Login | None) -> list[Write]:
    held, wanted = rules.addresses(was) if was else frozenset(), rules.addresses(login)
    kept = wanted - held if was and was.locale == login.locale else wanted
    return [
        *(admitted.freeing_address(address) for address in sorted(held - wanted, key=str)),
        *(admitted.keeping_address(address, login) for address in sorted(kept, key=str)),
    ]


def granting(grant: Grant) -> Write:
    """The role allows what `grant` says, from the next call on."""
    return admitted.keeping_grant(grant)


def revoking(organisation: str, grant_id: str) -> Write:
    """The role is gone: whoever has it may do nothing, from the next call on."""
    return admitted.dropping_grant(organisation, grant_id)


def settling(tenant: Tenant) -> Write:
    """The organisation is as `tenant` says, from the next call on."""
    return admitted.keeping_tenant(tenant)
