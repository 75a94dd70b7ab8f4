"""What identity refuses; the words are in `ru.ftl` and `en.ftl`."""

from chalicelib.kit.errors import Conflict, NotFound, Refused, Throttled, Unauthenticated


class PhoneTaken(Conflict):
    """Another login of this organisation and audience has the phone."""

    field = 'body.phone'


class EmailTaken(Conflict):
    """Another login of this organisation and audience has the e-mail address."""

    field = 'body.email'


class LoginNotFound(NotFound):
    """There is no such login."""


class TokenForged(Unauthenticated):
    """The access token was not made by us, or not for this use."""


class TokenExpired(Unauthenticated):
    """The access token has served its ten minutes; `/v1/auth/refresh` gives the next."""


class SessionEnded(Unauthenticated):
    """The session of the token is over: signed out, blocked, closed, unused too long or misused."""


class RefreshTokenUnknown(Unauthenticated):
    """The refresh token is not one of ours."""


class RefreshTokenSpent(Unauthenticated):
    """The refresh token was spent before; its session has been ended, since two hold it."""


class SessionNotFound(NotFound):
    """The caller has no such session."""


class OrganisationUnknown(NotFound):
    """There is no organisation of this name to sign in at."""

    field = 'body.organisation'


class PhoneNotMobile(Refused):
    """Codes go only to Russian mobile numbers."""

    field = 'body.phone'


class EmailForStaffOnly(Refused):
    """Residents sign in by phone."""

    field = 'body.email'


class ClientForAnotherAudience(Refused):
    """This program is not made for the audience the code was asked for."""

    field = 'body.client'


class CodeWrong(Refused):
    """The code is not the one that was sent."""

    field = 'body.code'


class CodeExpired(Refused):
    """The code has served its five minutes, or a newer one took its place."""

    field = 'body.code'


class CodeUsed(Refused):
    """The code has opened a session already."""

    field = 'body.code'


class TooManyTries(Refused):
    """The code was tried five times; a new one is needed."""

    field = 'body.code'


class CodesTooOften(Throttled):
    """Codes were asked for too often from this address, device or network."""


class SignInLocked(Throttled):
    """Too many wrong codes were entered for the address."""


class CodeBudgetSpent(Throttled):
    """The day's budget of messages with codes is spent."""
