"""What the house of clients refuses."""

from chalicelib.kit.errors import Conflict, NotFound, Refused


class ClientNotFound(NotFound):
    """There is no such client, or none of his premises is within the caller's scope."""


class TenureNotFound(NotFound):
    """The client is not attached to these premises."""


class ClientNotInPremises(Refused):
    """The client named is not attached to the premises named (REQ-054)."""

    field = 'body.client_id'


class PremisesUnknown(Refused):
    """The premises to settle in do not exist or are outside the caller's scope."""

    field = 'body.premises_id'


class AlreadySettled(Conflict):
    """The client is attached to these premises already."""

    field = 'body.premises_id'


class TooManyTenures(Refused):
    """A client may be attached to a bounded number of premises."""


class PhoneChangedBySupportOnly(Refused):
    """The telephone is the login of the client: staff of the organisation may not change it (CLI-008)."""

    field = 'body.phone'


class ExternalIdOfAnotherSpace(Refused):
    """Identifiers of the construction CRM are changed there (CLI-017)."""

    field = 'body.external_ids'


class ExternalIdTaken(Conflict):
    """Another client of the organisation has this identifier."""

    field = 'body.external_ids'


class AlreadyBlocked(Conflict):
    """The client is blocked."""


class NotBlocked(Conflict):
    """The client is not blocked."""


class BornInFuture(Refused):
    """The date of birth has not come yet."""

    field = 'body.born_on'
