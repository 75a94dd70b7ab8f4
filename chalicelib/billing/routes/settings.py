"""Through which shop a legal entity is paid."""

from chalicelib.billing import service
from chalicelib.billing.model.account import AccountCard, AccountCheck, AccountInput
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/settings/payments', Audience.STAFF)
doors = [staff]


@staff.get('/{legal_entity_id}', permission=Permission.SETTINGS_EDIT)
def read(legal_entity_id: Id, caller: Caller) -> AccountCard:
    """Read the shop of a legal entity; its secret key is never told."""
    return service.account(legal_entity_id, by=caller)


@staff.put('/{legal_entity_id}', permission=Permission.SETTINGS_EDIT)
def configure(legal_entity_id: Id, body: AccountInput, caller: Caller) -> AccountCard:
    """Set the shop of a legal entity. The provider is asked first whether he knows the key.

    Give `hook_path` to the provider as the address of his notices.
    """
    return service.configure(legal_entity_id, body, by=caller)


@staff.post('/{legal_entity_id}/check', permission=Permission.SETTINGS_EDIT)
def check(legal_entity_id: Id, caller: Caller) -> AccountCheck:
    """Ask the provider how the shop stands."""
    return service.check(legal_entity_id, by=caller)


# Not a POST: the answer to an `Idempotency-Key` would keep the address as it is.
@staff.put('/{legal_entity_id}/address', permission=Permission.SETTINGS_EDIT)
def renew_address(legal_entity_id: Id, caller: Caller) -> AccountCard:
    """Make another address for the notices, in place of one that got known to others."""
    return service.renew_address(legal_entity_id, by=caller)
