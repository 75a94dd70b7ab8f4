"""Rows that houses above put here: logins with their addresses, grants, tenants."""

from collections.abc import Callable

from chalicelib.identity.model import (
    Address,
    AddressHolder,
    AddressKind,
    EmailTaken,
    Grant,
    Login,
    LoginNotFound,
    PhoneTaken,
    Tenant,
)
from chalicelib.identity.repository.rows import IdentityRow, address_pk, login_pk
from chalicelib.kit import dynamo, outbox
from chalicelib.kit.caller import Audience
from chalicelib.kit.dynamo import Read, Write


def reading_login(
    organisation: str,
    audience: Audience,
    subject_id: str,
    missing: Callable[[], Exception] = LoginNotFound,
) -> Read[Login]:
    """A look at a login."""
    key = (login_pk(organisation, audience, subject_id), 'login')
    return Read(IdentityRow, key, _login, missing)


def finding_login(organisation: str, audience: Audience, subject_id: str) -> Read[Login | None]:
    """A look at a login; None where there is none."""
    return Read(IdentityRow, (login_pk(organisation, audience, subject_id), 'login'), _login)


def _login(row: IdentityRow) -> Login:
    return Login.model_validate_json(row.body or '')


def keeping_login(login: Login, was: Login | None) -> Write:
    """The login will be kept, if it still is as `was`."""
    row = IdentityRow(
        pk=login_pk(login.organisation, login.audience, login.subject_id),
        sk='login',
        version=login.version,
        body=login.model_dump_json(),
    )
    # Not `replacing`: an `If-Match` of the call speaks of the person of the house above, never of this.
    return dynamo.creating(row) if was is None else dynamo.putting(row, IdentityRow.version == was.version)


def keeping_address(address: Address, login: Login) -> Write:
    """The address will be the login's, unless another has it (PhoneTaken, EmailTaken)."""
    holder = AddressHolder(subject_id=login.subject_id, locale=login.locale)
    row = IdentityRow(
        pk=address_pk(address), sk='holder', subject=login.subject_id, body=holder.model_dump_json()
    )
    free = IdentityRow.pk.does_not_exist() | (IdentityRow.subject == login.subject_id)
    return dynamo.putting(row, free, PhoneTaken if address.kind is AddressKind.PHONE else EmailTaken)


def freeing_address(address: Address) -> Write:
    """The address will be nobody's."""
    return dynamo.removing(IdentityRow(pk=address_pk(address), sk='holder'))


def announcing_of_login(login: Login, *events: outbox.Event) -> list[Write]:
    """The events will stand beside the login, as of its version."""
    pk = login_pk(login.organisation, login.audience, login.subject_id)
    return outbox.announcing(IdentityRow, pk, login.version, *events)


def keeping_grant(grant: Grant) -> Write:
    """The grant will be kept."""
    body = grant.model_dump_json()
    return dynamo.putting(
        IdentityRow(pk=f'{grant.organisation}#grant#{grant.grant_id}', sk='grant', body=body)
    )


def dropping_grant(organisation: str, grant_id: str) -> Write:
    """The grant will be gone."""
    return dynamo.removing(IdentityRow(pk=f'{organisation}#grant#{grant_id}', sk='grant'))


def reading_grant(organisation: str, grant_id: str) -> Read[Grant]:
    """A look at a grant; None where there is none, which allows nothing."""
    return Read(
        IdentityRow,
        (f'{organisation}#grant#{grant_id}', 'grant'),
        lambda row: Grant.model_validate_json(row.body),
    )


def keeping_tenant(tenant: Tenant) -> Write:
    """The tenant will be kept."""
    body = tenant.model_dump_json()
    return dynamo.putting(IdentityRow(pk=f'{tenant.organisation}#tenant', sk='tenant', body=body))


def reading_tenant(organisation: str, missing: Callable[[], Exception]) -> Read[Tenant]:
    """A look at a tenant."""
    return Read(
        IdentityRow,
        (f'{organisation}#tenant', 'tenant'),
        lambda row: Tenant.model_validate_json(row.body),
        missing,
    )


def reading_holder(address: Address) -> Read[AddressHolder]:
    """A look at whose an address is; None where it is nobody's."""
    return Read(
        IdentityRow,
        (address_pk(address), 'holder'),
        lambda row: AddressHolder.model_validate_json(row.body),
    )
