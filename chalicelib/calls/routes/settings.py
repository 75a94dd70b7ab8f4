"""The settings of telephony, and whose the internal numbers are."""

from chalicelib.calls import service
from chalicelib.calls.model.settings import (
    Extension,
    LineView,
    NewSecret,
    Seat,
    TelephonyChanges,
    TelephonyView,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/settings/telephony', Audience.STAFF)
doors = [staff]


@staff.get(permission=Permission.SETTINGS_EDIT)
def read_settings(caller: Caller) -> TelephonyView:
    """Read how the exchange is connected; of the secret only its end is told."""
    return service.settings(by=caller)


@staff.patch(permission=Permission.SETTINGS_EDIT)
def change_settings(body: TelephonyChanges, caller: Caller) -> TelephonyView:
    """Say at which hosts of the provider recordings may lie."""
    return service.change_settings(body, by=caller)


# Not a POST: the answer to an `Idempotency-Key` would keep the secret as it is.
@staff.put('/secret', permission=Permission.SETTINGS_EDIT)
def make_secret(caller: Caller) -> NewSecret:
    """Make another secret for the exchange, in place of the one before; it is told this once."""
    return service.make_secret(by=caller)


@staff.delete('/secret', permission=Permission.SETTINGS_EDIT)
def disconnect(caller: Caller) -> None:
    """Disconnect the exchange: all its news is refused until there is another secret."""
    service.disconnect(by=caller)


@staff.get('/extensions', permission=Permission.CALLS_VIEW)
def list_extensions(query: Paging, caller: Caller) -> Page[LineView]:
    """List the internal numbers and who sits there."""
    return service.list_lines(query, by=caller)


@staff.put('/extensions/{extension}', permission=Permission.STAFF_EDIT)
def seat(extension: Extension, body: Seat, caller: Caller) -> LineView:
    """Say who sits at an internal number."""
    return service.seat(extension, body.employee_id, by=caller)


@staff.delete('/extensions/{extension}', permission=Permission.STAFF_EDIT)
def free(extension: Extension, caller: Caller) -> None:
    """Say that nobody sits at an internal number."""
    service.free(extension, by=caller)
