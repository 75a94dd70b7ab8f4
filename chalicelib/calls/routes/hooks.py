"""Where the exchange of an organisation speaks."""

from chalicelib.calls import service
from chalicelib.calls.model.news import CallNews, Heard
from chalicelib.kit.http import Api
from chalicelib.kit.operations import Raw
from chalicelib.kit.values import OrganisationId

hooks = Api(__name__, '/v1/hooks/telephony')
doors = [hooks]


@hooks.post('/{organisation}')
def hear(organisation: OrganisationId, body: CallNews, raw: Raw) -> Heard:
    """Hear what happened to a call.

    Signed with the secret of the organisation: `X-Telephony-Timestamp` is the second of sending since 1970,
    `X-Telephony-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of the timestamp, a dot and the body.
    A signature holds for five minutes. Send again, signed anew, whatever was not answered with 200: the same
    `event_id` is heard once. News may come in any order.
    """
    return service.hear(organisation, body, raw)
