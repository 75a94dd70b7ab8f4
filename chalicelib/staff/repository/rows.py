"""Rows, indexes and the five kinds of aggregates.

Every aggregate stands in `<organisation>#<kind>#<id>` under its kind, its events beside it. What can be
listed stands on a *shelf* (index `by_shelf`), sorted by its folded name. Employees at work are also found
by their role (`by_role`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.kit import dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.errors import DomainError
from chalicelib.kit.outbox import Event, announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.staff.model import (
    Aggregate,
    Archivable,
    Department,
    DepartmentNotFound,
    Employee,
    EmployeeNotFound,
    LegalEntity,
    LegalEntityNotFound,
    Organisation,
    OrganisationAlreadyFounded,
    OrganisationNotFound,
    Role,
    RoleNotFound,
)
from chalicelib.staff.rules import names

E = TypeVar('E', bound=Aggregate)


class ByShelf(GlobalSecondaryIndex['StaffRow']):
    """What stands on one shelf, by folded name."""

    class Meta(TableMeta):
        index_name = 'by_shelf'
        projection = AllProjection()

    shelf = UnicodeAttribute(hash_key=True)
    label = UnicodeAttribute(range_key=True)


class ByRole(GlobalSecondaryIndex['StaffRow']):
    """The employees at work who have one role, by folded name."""

    class Meta(TableMeta):
        index_name = 'by_role'
        projection = AllProjection()

    role_key = UnicodeAttribute(hash_key=True)
    label = UnicodeAttribute(range_key=True)


class StaffRow(Row):
    """An organisation, role, department, employee or legal entity; a place on a shelf; a count; an event."""

    class Meta(TableMeta):
        table_name = settings.table('staff')

    shelf = UnicodeAttribute(null=True)
    label = UnicodeAttribute(null=True)
    role_key = UnicodeAttribute(null=True)
    headcount = NumberAttribute(null=True)
    seeing = NumberAttribute(null=True)
    is_governing = BooleanAttribute(null=True)
    by_shelf = ByShelf()
    by_role = ByRole()


@dataclass(frozen=True)
class Kind(Generic[E]):
    """How aggregates of one kind are kept."""

    name: str
    entity: type[E]
    missing: Callable[[], DomainError]

    def key(self, organisation: str, identity: str) -> tuple[str, str]:
        """Where the aggregate stands."""
        return f'{organisation}#{self.name}#{identity}', self.name

    def read(self, row: Row) -> E:
        """The aggregate a row holds."""
        return self.entity.model_validate_json(row.body or '')


ROLES = Kind('role', Role, RoleNotFound)
DEPARTMENTS = Kind('department', Department, DepartmentNotFound)
LEGAL_ENTITIES = Kind('legal-entity', LegalEntity, LegalEntityNotFound)
EMPLOYEES = Kind('employee', Employee, EmployeeNotFound)


def reading(
    kind: Kind[E], organisation: str, identity: str, missing: Callable[[], DomainError] | None = None
) -> Read[E]:
    """A look at one aggregate of the kind; raises the kind's NotFound, or `missing`."""
    return Read(StaffRow, kind.key(organisation, identity), kind.read, missing or kind.missing)


def keeping(kind: Kind[E], entity: E, *events: Event) -> list[Write]:
    """The aggregate will be as given, in place of the version before, its events beside it."""
    pk, sk = kind.key(entity.organisation, entity.id)
    row = StaffRow(pk=pk, sk=sk, version=entity.version, body=entity.model_dump_json())
    row.shelf, row.label = _shelf_of(kind, entity), names.label(entity.name, entity.id)
    if isinstance(entity, Employee) and entity.is_active:
        row.role_key = f'{entity.organisation}#{entity.role_id}'
    kept = dynamo.creating(row) if entity.version == 1 else dynamo.replacing(row, entity.version - 1)
    return [kept, *announcing(StaffRow, pk, entity.version, *events)]


def _shelf_of(kind: Kind[E], entity: Aggregate) -> str | None:
    if isinstance(entity, Employee):
        return f'{entity.organisation}#{kind.name}#{entity.state}'
    if isinstance(entity, Archivable) and entity.is_archived:
        return None
    return f'{entity.organisation}#{kind.name}'


def listed(kind: Kind[E], organisation: str, paging: Paging) -> Page[E]:
    """One page of the kind that is not archived, by name."""
    return page(
        StaffRow,
        kind.read,
        f'{organisation}#{kind.name}',
        paging=paging,
        binding=(organisation, kind.name),
        index=StaffRow.by_shelf,
        forward=True,
    )


def roles(organisation: str) -> list[Role]:
    """All roles that are not archived: one query, for there are at most ROLES_LIMIT."""
    return [ROLES.read(row) for row in StaffRow.by_shelf.query(f'{organisation}#{ROLES.name}')]


def organisation_key(organisation: str) -> tuple[str, str]:
    """Where the organisation stands."""
    return f'{organisation}#organisation', 'organisation'


def reading_organisation(organisation: str) -> Read[Organisation]:
    """A look at the organisation; raises OrganisationNotFound."""
    return Read(
        StaffRow,
        organisation_key(organisation),
        lambda row: Organisation.model_validate_json(row.body),
        OrganisationNotFound,
    )


def keeping_organisation(organisation: Organisation, *events: Event) -> list[Write]:
    """The organisation will be as given, in place of the version before, its events beside it."""
    pk, sk = organisation_key(organisation.id)
    row = StaffRow(pk=pk, sk=sk, version=organisation.version, body=organisation.model_dump_json())
    if organisation.version == 1:
        kept = dynamo.creating(row, OrganisationAlreadyFounded)
    else:
        kept = dynamo.replacing(row, organisation.version - 1)
    return [kept, *announcing(StaffRow, pk, organisation.version, *events)]
