"""What stands in a template's braces: known names only, and what a request puts in their place."""

import re

from chalicelib.conversations.model.refusals import PlaceholderUnknown
from chalicelib.conversations.model.templates import Placeholder
from chalicelib.requests.model.request import Request

_BRACES = re.compile(r'\{([^{}]*)\}')
_KNOWN = frozenset(Placeholder)


def must_be_known(text: str) -> None:
    """Refuses braces that nothing would be put into."""
    for name in _BRACES.findall(text):
        if name not in _KNOWN:
            raise PlaceholderUnknown(placeholder=str(name)[:100])


def filled(text: str, request: Request, employee: str) -> str:
    """The text with the request's words in place of the braces; what these hold is never looked at again."""
    place, customer = request.place, request.customer
    words = {
        Placeholder.CLIENT: customer.name if customer else '',
        Placeholder.NUMBER: str(request.number),
        Placeholder.OFFERING: request.terms.offering_name,
        Placeholder.ADDRESS: place.address,
        Placeholder.PREMISES: place.premises_number or '',
        Placeholder.EMPLOYEE: employee,
    }
    return _BRACES.sub(lambda found: words.get(Placeholder(found[1]), '') if found[1] in _KNOWN else '', text)
