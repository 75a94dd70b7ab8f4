"""What the house of calls refuses."""

from chalicelib.kit.errors import Conflict, Malformed, NotFound, Refused, Unauthenticated


class CallSignatureForged(Unauthenticated):
    """The news is not signed by the exchange of this organisation, or there is none."""


class CallSignatureStale(Unauthenticated):
    """The signature is right and more than five minutes old, or of the future: it may be a replay."""


class CallNewsUntimely(Malformed):
    """It is told of another time: more than a week ago, or still to come."""

    field = 'body.at'


class RecordingNotOfProvider(Refused):
    """The address is not https, or at no host that the organisation has named."""

    field = 'body.recording_url'


class CallNotFound(NotFound):
    """There is no such call, or none this employee may know of."""


class CallNotRecorded(NotFound):
    """The call has no recording, or none yet."""


class CallHasRequest(Conflict):
    """The call is about another request already: take that one off first (CALL-007)."""


class CallHasNoRequest(Conflict):
    """There is no request to take off."""


class LineNotFound(NotFound):
    """Nobody sits at this internal number."""


class SeatedIsDismissed(Conflict):
    """Who has left sits at no internal number."""

    field = 'body.employee_id'


class TelephonyNotConnected(NotFound):
    """There is no secret to take away."""
