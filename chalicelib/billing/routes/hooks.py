"""Where payment providers send their notices."""

from chalicelib.billing import service
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.kit.http import Api
from chalicelib.kit.operations import Raw
from chalicelib.kit.values import Id, OrganisationId

hooks = Api(__name__, '/v1/hooks')
doors = [hooks]


@hooks.post('/yookassa/{organisation}/{legal_entity_id}/{hook_token}')
def hear_yookassa(organisation: OrganisationId, legal_entity_id: Id, hook_token: Id, raw: Raw) -> None:
    """Hear that something may have happened to a payment or a refund; the provider is asked what.

    Notices may be doubled and come in any order. What is final is never asked for again.
    """
    service.hear(ProviderCode.YOOKASSA, organisation, legal_entity_id, hook_token, raw)
