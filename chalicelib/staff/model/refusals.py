"""What the house of staff refuses."""

from chalicelib.kit.errors import Conflict, Forbidden, Malformed, NotFound, Refused


class OrganisationNotFound(NotFound):
    """There is no such organisation."""


class OrganisationAlreadyFounded(Conflict):
    """The name in the address is taken by another organisation."""


class EmployeeNotFound(NotFound):
    """The organisation has no such employee."""


class EmployeeIsDismissed(Conflict):
    """A dismissed employee is a record of the past and no longer changes."""


class RoleNotFound(NotFound):
    """The organisation has no such role."""


class RoleInUse(Conflict):
    """A role that active employees have cannot be archived."""


class RolesLimitReached(Refused):
    """The organisation has `limit` roles, as many as it may."""


class RoleChosenUnknown(Refused):
    """The role given to an employee does not exist or is archived."""

    field = 'body.role_id'


class DepartmentNotFound(NotFound):
    """The organisation has no such department."""


class DepartmentInUse(Conflict):
    """A department with active employees cannot be archived."""


class DepartmentChosenUnknown(Refused):
    """A department given to an employee does not exist or is archived."""

    field = 'body.department_ids'


class LegalEntityNotFound(NotFound):
    """The organisation has no such legal entity."""


class ArchivedForGood(Conflict):
    """An archived role, department or legal entity no longer changes."""


class LastAdministrator(Refused):
    """Nobody would be left who may change employees and roles."""


class PermissionsAboveOwn(Forbidden):
    """One may only give, change or take a role that grants no more than one's own."""


class PlacesAboveOwn(Forbidden):
    """One may only hire, change or dismiss within the places one sees oneself."""


class InnInvalid(Malformed):
    """The INN does not have 10 or 12 digits, or its check digits are wrong."""

    field = 'body.inn'


class KppInvalid(Malformed):
    """A KPP belongs to a company, whose INN has 10 digits, and not to a sole trader."""

    field = 'body.kpp'


class OgrnInvalid(Malformed):
    """The OGRN does not fit its check digit or the kind of the INN."""

    field = 'body.ogrn'


class BankAccountInvalid(Malformed):
    """The number of an account does not fit the BIK of its bank."""

    field = 'body.bank_account'
