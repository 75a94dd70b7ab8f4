"""Telephony is settled: the secret of the exchange, where recordings lie, whose the internal numbers are."""

from datetime import datetime

from chalicelib.calls import repository
from chalicelib.calls.events import LineFreed, LineSeated, TelephonyChanged
from chalicelib.calls.model.call import Person
from chalicelib.calls.model.refusals import SeatedIsDismissed, TelephonyNotConnected
from chalicelib.calls.model.settings import (
    Line,
    LineView,
    NewSecret,
    Telephony,
    TelephonyChanges,
    TelephonyView,
)
from chalicelib.calls.rules import signing
from chalicelib.kit import clock, dynamo, sealing
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_secret
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.staff import service as staff

SHOWN = 4


def settings(*, by: Caller) -> TelephonyView:
    """The settings without the secret (SET-005)."""
    return TelephonyView.of(repository.settings_of(by.organisation))


def change_settings(changes: TelephonyChanges, *, by: Caller) -> TelephonyView:
    """Recordings may lie at these hosts and below them, and nowhere else."""
    before = repository.settings_of(by.organisation)
    dynamo.agree(before.version)
    wished = {name: tuple(getattr(changes, name)) for name in changes.model_fields_set}
    after = before.model_copy(update=wished)
    return TelephonyView.of(before if after == before else _settled(before, after, *wished, by=by))


def make_secret(*, by: Caller) -> NewSecret:
    """The exchange has to sign with another secret from now on; it is told this once."""
    before, secret = repository.settings_of(by.organisation), new_secret()
    dynamo.agree(before.version)
    sealed = sealing.seal(secret, use='telephony', organisation=by.organisation)
    made = {'sealed_secret': sealed, 'secret_end': secret[-SHOWN:], 'secret_made_at': clock.now()}
    after = _settled(before, before.model_copy(update=made), 'secret', by=by)
    return NewSecret(**TelephonyView.of(after).model_dump(), plain=secret)


def disconnect(*, by: Caller) -> None:
    """No exchange may speak for the organisation any more. Raises TelephonyNotConnected."""
    before = repository.settings_of(by.organisation)
    dynamo.agree(before.version)
    if before.sealed_secret is None:
        raise TelephonyNotConnected()
    gone = {'sealed_secret': None, 'secret_end': '', 'secret_made_at': None}
    _settled(before, before.model_copy(update=gone), 'secret', by=by)


def secret_of(telephony: Telephony | None) -> str | None:
    """The secret of the exchange, None where none is connected. Raises SealBroken, SealsAway."""
    if telephony is None or telephony.sealed_secret is None:
        return None
    return sealing.unseal(telephony.sealed_secret, use='telephony', organisation=telephony.organisation)


def sign(organisation: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers under which the organisation's exchange sends the body: for its sandbox, behind no door."""
    secret = secret_of(repository.settings_of(organisation))
    if secret is None:
        raise TelephonyNotConnected()
    return signing.signed(secret, body, at)


def list_lines(paging: Paging, *, by: Caller) -> Page[LineView]:
    """One page of the internal numbers and who sits there."""
    return repository.list_lines(by.organisation, paging).shown_as(LineView.of)


def seat(extension: str, employee_id: str, *, by: Caller) -> LineView:
    """The employee sits at the internal number; calls of before stay with who sat there then.

    Raises EmployeeNotFound, SeatedIsDismissed.
    """
    reading = staff.reading_employee(by.organisation, employee_id)
    employee = dynamo.get(dynamo.naming('body.employee_id', reading))
    if not employee.is_active:
        raise SeatedIsDismissed()
    who = Person(id=employee.id, name=employee.name)
    line = Line(organisation=by.organisation, extension=extension, employee=who)
    event = LineSeated(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        extension=extension,
        employee_id=employee.id,
    )
    dynamo.commit(*repository.seating(line, event))
    return LineView.of(line)


def free(extension: str, *, by: Caller) -> None:
    """Nobody sits at the internal number. Raises LineNotFound."""
    line = dynamo.get(repository.reading_line(by.organisation, extension))
    event = LineFreed(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        extension=extension,
        employee_id=line.employee.id,
    )
    dynamo.commit(*repository.freeing(line, event))


def _settled(before: Telephony, after: Telephony, *fields: str, by: Caller) -> Telephony:
    event = TelephonyChanged(
        organisation=by.organisation, at=clock.now(), by=Actor.of(by), fields=tuple(sorted(fields))
    )
    dynamo.commit(*repository.settling(before, after, event))
    return after.model_copy(update={'version': before.version + 1})
