"""HTTP doors of the catalogue: staff describe what can be ordered, residents choose from it."""

from chalicelib.catalogue import service
from chalicelib.catalogue.model import (
    Allowance,
    AutomaticPosition,
    AutomaticRefund,
    Category,
    CategoryChanges,
    CategoryQuery,
    FormField,
    NewCategory,
    NewOffering,
    OfferedQuery,
    Offering,
    OfferingChanges,
    OfferingKind,
    OfferingQuery,
    OfferingState,
    PaymentTime,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging, Stored
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/offerings', Audience.STAFF)
staff_categories = Api(__name__, '/v1/staff/categories', Audience.STAFF)
resident = Api(__name__, '/v1/resident/offerings', Audience.RESIDENT)
resident_categories = Api(__name__, '/v1/resident/categories', Audience.RESIDENT)
doors = [staff, staff_categories, resident, resident_categories]


class OfferedCard(Stored):
    """An offering as residents see it."""

    id: Id
    name: str
    short_description: str
    """A few words for lists."""
    description: str
    """The whole story («Детали услуги»)."""
    kind: OfferingKind
    category_id: Id | None
    fields: tuple[FormField, ...]
    """The order form to fill."""
    payment: PaymentTime
    """Whether and when it is paid for."""
    version: int


class OfferingCard(OfferedCard):
    """An offering as staff see it."""

    reaction: Allowance | None
    """How soon work must begin, `PT4H`; null where there is no deadline."""
    execution: Allowance | None
    """How soon work must be done once begun; null where there is no deadline."""
    assignees_max: int
    is_reopenable_by_resident: bool
    is_document_required: bool
    is_checklist_strict: bool
    checklist_template_id: Id | None
    """The prepared checklist that each request of it brings."""
    is_routed: bool
    does_suspension_stop_clock: bool
    controller_id: Id | None
    department_id: Id | None
    legal_entity_id: Id | None
    building_ids: tuple[Id, ...] | None
    """Where it can be ordered; null is everywhere."""
    is_offered_to_residents: bool
    automatic_invoice: tuple[AutomaticPosition, ...]
    is_refundable: bool
    automatic_refund: AutomaticRefund
    state: OfferingState


class CategoryCard(Stored):
    """A category of the marketplace."""

    id: Id
    name: str
    position: int
    """Its place among the others, the smallest first."""
    state: OfferingState
    version: int


def _card(offering: Offering) -> OfferingCard:
    return OfferingCard.model_validate(offering, from_attributes=True)


def _offered(offering: Offering) -> OfferedCard:
    return OfferedCard.model_validate(offering, from_attributes=True)


def _category(category: Category) -> CategoryCard:
    return CategoryCard.model_validate(category, from_attributes=True)


@staff.get()
def browse(query: OfferingQuery, caller: Caller) -> Page[OfferingCard]:
    """List offerings by name."""
    return service.find_all(caller, query).shown_as(_card)


@staff.post(status=201, permission=Permission.OFFERINGS_EDIT)
def create(body: NewOffering, caller: Caller) -> OfferingCard:
    """Add an offering."""
    return _card(service.create(body, by=caller))


@staff.get('/{offering_id}')
def read(offering_id: Id, caller: Caller) -> OfferingCard:
    """Read an offering."""
    return _card(service.get(caller.organisation, offering_id))


@staff.patch('/{offering_id}', permission=Permission.OFFERINGS_EDIT)
def change(offering_id: Id, body: OfferingChanges, caller: Caller) -> OfferingCard:
    """Change an offering.

    Absent fields stay, null clears. An archived offering cannot be changed.
    """
    return _card(service.change(offering_id, body, by=caller))


@staff.post('/{offering_id}/archive', permission=Permission.OFFERINGS_EDIT)
def archive(offering_id: Id, caller: Caller) -> OfferingCard:
    """Archive an offering, so that it can no longer be ordered."""
    return _card(service.archive(offering_id, by=caller))


@staff_categories.get()
def browse_categories(query: CategoryQuery, caller: Caller) -> Page[CategoryCard]:
    """List categories by position."""
    return service.find_categories(caller, query).shown_as(_category)


@staff_categories.post(status=201, permission=Permission.CATEGORIES_EDIT)
def create_category(body: NewCategory, caller: Caller) -> CategoryCard:
    """Add a category."""
    return _category(service.create_category(body, by=caller))


@staff_categories.get('/{category_id}')
def read_category(category_id: Id, caller: Caller) -> CategoryCard:
    """Read a category."""
    return _category(service.get_category(caller.organisation, category_id))


@staff_categories.patch('/{category_id}', permission=Permission.CATEGORIES_EDIT)
def change_category(category_id: Id, body: CategoryChanges, caller: Caller) -> CategoryCard:
    """Change a category."""
    return _category(service.change_category(category_id, body, by=caller))


@staff_categories.post('/{category_id}/archive', permission=Permission.CATEGORIES_EDIT)
def archive_category(category_id: Id, caller: Caller) -> CategoryCard:
    """Archive a category, so that nothing new can be put into it."""
    return _category(service.archive_category(category_id, by=caller))


@resident.get()
def browse_offered(query: OfferedQuery, caller: Caller) -> Page[OfferedCard]:
    """List what can be ordered for one of the resident's premises."""
    return service.offered_to(caller, query).shown_as(_offered)


@resident.get('/{offering_id}')
def read_offered(offering_id: Id, caller: Caller) -> OfferedCard:
    """Read an offering the resident may order."""
    return _offered(service.get_offered(offering_id, to=caller))


@resident_categories.get()
def browse_shown_categories(query: Paging, caller: Caller) -> Page[CategoryCard]:
    """List the categories of the marketplace."""
    return service.find_shown_categories(caller, query).shown_as(_category)
