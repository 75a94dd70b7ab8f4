"""What may be refused about the register and its reconciliations."""

from chalicelib.kit.errors import Conflict, Forbidden, NotFound, Refused


class EntryNotFound(NotFound):
    """There is no such payment in the register, or none that the caller may see."""


class ReconciliationNotFound(NotFound):
    """There is no such reconciliation, or the caller does not see every building."""


class ReconciliationOfAllPlaces(Forbidden):
    """A reconciliation is about the money of all buildings: who sees some of them starts none."""


class ReconciliationUnderWay(Conflict):
    """That day of that shop is being compared already."""


class ReconciliationOver(Conflict):
    """There is nothing left to cancel."""


class DayNotOver(Refused):
    """Only a day that is over can be compared."""

    field = 'body.day'


class DayTooLongAgo(Refused):
    """A day is compared for `days` days after it."""

    field = 'body.day'
