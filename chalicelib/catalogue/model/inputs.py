"""What staff and residents may say to the catalogue."""

from typing import Annotated

from pydantic import Field

from chalicelib.catalogue.model.offering import (
    Allowance,
    AssigneesMax,
    BuildingIds,
    Description,
    Name,
    OfferingKind,
    OfferingState,
    OrderForm,
    Position,
    ShortDescription,
)
from chalicelib.catalogue.model.payment import AutomaticInvoice, AutomaticRefund, PaymentTime
from chalicelib.kit.values import Id, Line, Paging, Value


class NewOffering(Value):
    """An offering as staff describe it (SVC-005..012, SVC-018..020)."""

    name: Name
    short_description: ShortDescription = ''
    """Shown in lists and above the order form (SVC-019)."""
    description: Description = ''
    """«Детали услуги» (SVC-019)."""
    kind: OfferingKind = OfferingKind.STANDARD
    category_id: Id | None = None
    fields: OrderForm = ()
    reaction: Allowance | None = None
    """How soon work must begin, e.g. `PT4H`; null sets no deadline (SLA-002, SLA-018)."""
    execution: Allowance | None = None
    """How soon work must be done once begun; null sets no deadline (SLA-005, SLA-018)."""
    assignees_max: AssigneesMax = 1
    """How many may be assigned, the responsible one included (REQ-118)."""
    is_reopenable_by_resident: bool = True
    is_document_required: bool = False
    """Whether a request cannot be completed without an attached document (REQ-099)."""
    is_checklist_strict: bool = False
    """Whether a request cannot be completed while an item of its checklists is open."""
    is_routed: bool = False
    """Whether a request must be approved before work (SVC-012)."""
    does_suspension_stop_clock: bool = False
    """Whether time in suspension is left out of the execution deadline (AMB-20)."""
    controller_id: Id | None = None
    """The employee who checks the work of every request of it."""
    department_id: Id | None = None
    legal_entity_id: Id | None = None
    building_ids: BuildingIds | None = None
    """Where it can be ordered; null is everywhere."""
    is_offered_to_residents: bool = True
    payment: PaymentTime = PaymentTime.FREE
    automatic_invoice: AutomaticInvoice = ()
    """What the invoice made at ordering has in it; empty: an employee makes the invoice (SVC-014)."""
    is_refundable: bool = False
    """«Возможность возврата»: whether the client may ask for his money back (SVC-015)."""
    automatic_refund: AutomaticRefund = AutomaticRefund.NEVER
    """Whose cancelling of a waiting request sends its money back by itself (SVC-016)."""


class OfferingChanges(Value):
    """What shall be different about an offering: an absent field stays, null clears."""

    name: Name = Field(default_factory=str)
    short_description: ShortDescription = Field(default_factory=str)
    description: Description = Field(default_factory=str)
    kind: OfferingKind = Field(default_factory=lambda: OfferingKind.STANDARD)
    category_id: Id | None = None
    fields: OrderForm = Field(default_factory=tuple)
    """The whole form anew."""
    reaction: Allowance | None = None
    execution: Allowance | None = None
    assignees_max: AssigneesMax = Field(default_factory=int)
    """Lowering it removes nobody from requests that exist, and bars adding (AMB-40)."""
    is_reopenable_by_resident: bool = Field(default_factory=bool)
    is_document_required: bool = Field(default_factory=bool)
    is_checklist_strict: bool = Field(default_factory=bool)
    is_routed: bool = Field(default_factory=bool)
    does_suspension_stop_clock: bool = Field(default_factory=bool)
    controller_id: Id | None = None
    department_id: Id | None = None
    legal_entity_id: Id | None = None
    building_ids: BuildingIds | None = None
    is_offered_to_residents: bool = Field(default_factory=bool)
    payment: PaymentTime = Field(default_factory=lambda: PaymentTime.FREE)
    automatic_invoice: AutomaticInvoice = Field(default_factory=tuple)
    """All of it anew."""
    is_refundable: bool = Field(default_factory=bool)
    automatic_refund: AutomaticRefund = Field(default_factory=lambda: AutomaticRefund.NEVER)


class NewCategory(Value):
    """A category as staff name it."""

    name: Name
    position: Position = 0
    """Its place among the others, the smallest first."""


class CategoryChanges(Value):
    """What shall be different about a category: an absent field stays."""

    name: Name = Field(default_factory=str)
    position: Position = Field(default_factory=int)


class OfferingQuery(Paging):
    """Which offerings a staff list shows."""

    search: Annotated[str, Line(100)] | None = None
    """Beginnings of words of the name, in any order."""
    state: OfferingState | None = None
    kind: OfferingKind | None = None
    category_id: Id | None = None


class CategoryQuery(Paging):
    """Which categories a staff list shows."""

    state: OfferingState | None = None


class OfferedQuery(Paging):
    """Which offerings a resident looks for."""

    premises_id: Id
    """The resident's premises the order would be for."""
    search: Annotated[str, Line(100)] | None = None
    """Beginnings of words of the name, in any order."""
    category_id: Id | None = None
