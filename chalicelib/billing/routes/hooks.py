"""Where payment providers send their notices."""

from chalicelib.billing import service
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.kit.http import Api
from chalicelib.kit.operations import Plain, Raw
from chalicelib.kit.values import Id, OrganisationId

hooks = Api(__name__, '/v1/hooks')
doors = [hooks]


@hooks.post('/yookassa/{organisation}/{legal_entity_id}/{hook_token}')
def hear_yookassa(organisation: OrganisationId, legal_entity_id: Id, hook_token: Id, raw: Raw) -> None:
    """Hear that something may have happened to a payment or a refund; the provider is asked what.

    Notices may be doubled and come in any order. What is final is never asked for again.
    """
    service.hear(ProviderCode.YOOKASSA, organisation, legal_entity_id, hook_token, raw)


@hooks.post('/tbank/{organisation}/{legal_entity_id}/{hook_token}')
def hear_tbank(organisation: OrganisationId, legal_entity_id: Id, hook_token: Id, raw: Raw) -> Plain:
    """Hear from T-Bank that something may have happened to a payment; the bank is asked what.

    The answer is the text `OK`, without which the bank would tell it for a month. What it signs and we cannot
    take is answered so too, with the code of the refusal as the header `X-Refused`.
    """
    refused = service.hear_signed(ProviderCode.TBANK, organisation, legal_entity_id, hook_token, raw)
    return Plain('OK', {'X-Refused': refused.code} if refused else {})
