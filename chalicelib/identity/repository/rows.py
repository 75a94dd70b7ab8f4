"""The rows of identity.

`<org>#login#<audience>#<id>`      login, session#<id>, event#...   who may sign in, and the sign-ins
`<org>#address#<audience>#<kind>#<value>`   holder, knocks          whose an address is; what happened at it
`<org>#challenge#<id>`             challenge                        a code on its way
`<org>#session#<id>`               event#...                        what one session announced
`<org>#grant#<id>`, `<org>#tenant` grant, tenant                    as houses above put them
`<org>#count#<of>`                 <window>                         how often within a window of time
"""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.identity.model import Address
from chalicelib.kit import settings
from chalicelib.kit.caller import Audience
from chalicelib.kit.dynamo import Row, TableMeta

EVERYBODY = '*'
"""Stands where the organisation does in counts over all of them; no organisation is called so."""


class IdentityRow(Row):
    """One row of the house; besides the body only what a condition or a filter must see."""

    class Meta(TableMeta):
        table_name = settings.table('identity')

    subject = UnicodeAttribute(null=True)
    attempts = NumberAttribute(null=True)
    state = UnicodeAttribute(null=True)
    until = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    counted = NumberAttribute(null=True)


def login_pk(organisation: str, audience: Audience, subject_id: str) -> str:
    """The partition of a login."""
    return f'{organisation}#login#{audience}#{subject_id}'


def address_pk(address: Address) -> str:
    """The partition of whoever holds an address."""
    return f'{address.organisation}#address#{address.audience}#{address.kind}#{address.value}'


def epoch(at: datetime) -> int:
    """Seconds since 1970, as DynamoDB's time to live counts."""
    return int(at.timestamp())
