"""The organisation, its roles, departments, employees and legal entities as they are kept."""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.caller import Scope
from chalicelib.kit.values import Stored
from chalicelib.staff.model.access import GOVERNING, Matrix, MatrixChannel, NotificationKind, Permissions


class OrganisationSettings(Stored):
    """What an organisation decides for itself; the defaults are those of a new one (AMB-10, AMB-26)."""

    execution_reminder_minutes: int = 60
    """How long before «Выполнить до» the assignees are reminded."""
    resumption_reminder_at: str = '09:00'
    """At what local time of the day of «Возобновить до» they are reminded, `HH:MM`."""
    task_reminder_minutes: int = 60
    """How long before a task is due its performer is reminded."""
    rating_reminder_hours: int = 24
    """How long after completion a resident who has not rated is asked again."""
    is_time_tracked: bool = False
    """«Учет рабочего времени»: assignees complete without the permission (SET-012, IAM-016, AMB-11)."""
    are_employees_anonymous: bool = True
    """Residents see a neutral name instead of the employee's."""
    reopening_days: int | None = None
    """For how long after completion a request may be reopened; None for ever."""


class Organisation(Stored):
    """A managing organisation; `id` is the public name in addresses, `zone` where its clocks are read."""

    id: str
    name: str
    zone: str = 'Europe/Moscow'
    locale: str = 'ru'
    settings: OrganisationSettings = OrganisationSettings()
    version: int = 1

    @property
    def features(self) -> frozenset[str]:
        """What is switched on for everybody, as callers carry it."""
        return frozenset({TIME_TRACKING}) if self.settings.is_time_tracked else frozenset()


TIME_TRACKING = 'time-tracking'
"""The feature of callers whose organisation keeps «Учет рабочего времени»."""


class Aggregate(Stored):
    """One thing of an organisation that is kept, listed by its name and changed as a whole."""

    id: str
    organisation: str
    name: str
    version: int = 1


class Archivable(Aggregate):
    """What leaves the lists when it is no longer wanted, and stays for those who refer to it."""

    is_archived: bool = False


class Role(Archivable):
    """What its employees may do and what they are told of (IAM-001..003)."""

    permissions: Permissions = frozenset()
    matrix: Matrix = Field(default_factory=dict)
    is_seeded: bool = False
    """Made with the organisation; it changes like any other."""

    @property
    def is_governing(self) -> bool:
        """Whether its employees may change employees and roles."""
        return self.permissions >= GOVERNING

    def ticks(self, kind: NotificationKind) -> frozenset[MatrixChannel]:
        """The channels by which its employees are told of `kind`."""
        return self.matrix.get(kind, frozenset())


class Department(Archivable):
    """«Подразделение»: the employees who may be assigned together (IAM-013)."""


class EmployeeState(StrEnum):
    """Whether the person works here."""

    ACTIVE = 'active'
    DISMISSED = 'dismissed'  # for good: whoever comes back is hired anew


class ExternalIds(Stored):
    """Who the employee is elsewhere; set by our support only (IAM-011)."""

    okdesk: str | None = None


class Employee(Aggregate):
    """A person of the organisation with exactly one role (AMB-74).

    `name` is surname, name and patronymic in one line.
    """

    phone: str
    email: str | None = None
    role_id: str
    department_ids: tuple[str, ...] = ()
    places: tuple[str, ...] | None = None
    """The buildings he sees; None for all."""
    locale: str | None = None
    """The language he is spoken to; None for the organisation's."""
    is_community_manager: bool = False
    """May ask for new partners (IAM-010)."""
    receives_registrations: bool = False
    """«Получение заявок на регистрацию от неверифицированных клиентов» (IAM-012)."""
    external_ids: ExternalIds = ExternalIds()
    state: EmployeeState = EmployeeState.ACTIVE

    @property
    def is_active(self) -> bool:
        """Whether the person works here."""
        return self.state is EmployeeState.ACTIVE

    @property
    def sees_everything(self) -> bool:
        """Whether no place is closed to him."""
        return self.places is None

    @property
    def scope(self) -> Scope:
        """The places he sees."""
        return Scope(None if self.places is None else frozenset(self.places))


class BankAccount(Stored):
    """Where a legal entity is paid."""

    bik: str
    bank: str = ''
    account: str
    correspondent: str = ''


class LegalEntity(Archivable):
    """A company of the organisation: objects belong to one, money and documents are in its name (PRM-010)."""

    inn: str
    kpp: str | None = None
    ogrn: str | None = None
    address: str = ''
    bank_account: BankAccount | None = None


class Recipient(Stored):
    """An employee who is to be told, and by which ticked channels; at least one is true."""

    employee_id: str
    name: str
    email: str | None = None
    locale: str
    by_push: bool
    by_email: bool
