"""What conversations refuse, each by a name of its own."""

from chalicelib.kit.errors import Conflict, Forbidden, Malformed, NotFound, Refused, Throttled


class MessageNotFound(NotFound):
    """The conversation with the present client has no such message."""


class NotYourMessage(Forbidden):
    """Only its author changes what he wrote (CHAT-012, AMB-45)."""


class MessageTooOld(Refused):
    """A message is changed within `minutes` minutes of its sending (CHAT-011)."""


class NobodyToWriteTo(Refused):
    """The request has no registered client: nobody would read the message."""


class TooManyMessages(Throttled):
    """The client writes more than anybody reads."""


class DeferredMessageNotFound(NotFound):
    """The request has no such deferred message."""


class DeferredMessageOver(Conflict):
    """The deferred message is sent or deleted already: `state` (CHAT-020)."""


class SendingTimePast(Refused):
    """A message is deferred to a time ahead (CHAT-019)."""

    field = 'body.send_on'


class SendingTimeTooFar(Refused):
    """A message is deferred by at most `days` days."""

    field = 'body.send_on'


class ReplyTemplateNotFound(NotFound):
    """The organisation has no such template."""


class PlaceholderUnknown(Malformed):
    """Nothing can be put into these braces of a template."""

    field = 'body.text'


class TooManyReplyTemplates(Refused):
    """An organisation has at most `limit` templates."""


class ChangesUnknown(Malformed):
    """The conversation is not as far as that: it is to be read anew."""

    field = 'query.since'
