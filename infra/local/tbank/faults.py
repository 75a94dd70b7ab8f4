"""Trouble on demand: before something is done, and after it was done."""

from infra.local.gateway import Reply
from infra.local.tbank.refusal import Refused
from infra.local.yookassa.faults import PAGE
from infra.local.yookassa.faults import Faults as Common


class Faults(Common):
    """What goes wrong next, as the bank goes wrong: `busy` and `unsure` are its own codes."""

    BEFORE = ('429', '500', '502', 'busy', 'hang_up', 'silence')
    AFTER = ('broken', 'garbage', 'unsure', 'lost', 'timeout')

    def before(self, how: str) -> Reply | None:
        """The answer instead of doing anything."""
        if how in ('429', '500'):
            return Reply(int(how), {'Content-Type': 'text/plain'}, b'')
        if how == 'busy':
            return Refused('9999').reply
        return super().before(how)

    def after(self, how: str, reply: Reply) -> Reply:
        """The answer to what was done."""
        if how == 'broken':
            return PAGE
        if how == 'unsure':
            return Refused('9999').reply
        return super().after(how, reply)
