"""What a resident can order: offerings, their order forms and the categories they stand in."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from annotated_types import Ge, Le
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from chalicelib.catalogue.model.payment import AutomaticPosition, AutomaticRefund, PaymentTime
from chalicelib.kit.values import Id, Line, Prose, Stored

LONGEST_ALLOWANCE = timedelta(days=365)
MOST_ASSIGNEES = 4  # AMB-40: in all, the responsible one included
MOST_FIELDS = 50
MOST_FILE_FIELDS = 15
"""An order takes all its files in one transaction."""

MOST_CHOICES = 50
MOST_BUILDINGS = 200
LONGEST_TEXT_ANSWER = 4000
LARGEST_NUMBER = 1e12

_ISO_DURATION = re.compile(
    r'P(?=.)(?:(?P<days>\d{1,3})D)?(?:T(?=.)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,6})M)?)?', re.ASCII
)


class OfferingKind(StrEnum):
    """The type of an offering («тип услуги»)."""

    STANDARD = 'standard'  # a request of it begins in «Ожидание»
    APPOINTMENT = 'appointment'  # «Запись на прием»: a request of it begins in «В работе» (REQ-091)


class OfferingState(StrEnum):
    """Whether an offering or a category can be chosen for something new."""

    ACTIVE = 'active'
    ARCHIVED = 'archived'  # what was ordered stays as it is; nothing new can be ordered


class FieldKind(StrEnum):
    """What an order-form field takes."""

    TEXT = 'text'
    NUMBER = 'number'
    CHOICE = 'choice'  # one of the field's choices
    DATE = 'date'  # YYYY-MM-DD
    FILE = 'file'  # the id of an uploaded file, which the request keeps from then on


def _read(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    spelled = _ISO_DURATION.fullmatch(given)
    if spelled is None:
        raise PydanticCustomError('duration_invalid', 'a duration such as P1DT4H30M is needed')
    return timedelta(**{unit: int(amount) for unit, amount in spelled.groupdict(default='0').items()})


def _in_minutes(allowance: timedelta) -> timedelta:
    if allowance % timedelta(minutes=1):
        raise PydanticCustomError('duration_invalid', 'a duration has whole minutes')
    if not timedelta(0) < allowance <= LONGEST_ALLOWANCE:
        raise PydanticCustomError('duration_out_of_range', 'a duration is from a minute to 365 days')
    return allowance


def spelled_duration(allowance: timedelta) -> str:
    """ISO 8601 in days, hours and minutes: `P1DT4H30M`; never months or years, whose length varies."""
    minutes = allowance // timedelta(minutes=1)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    time = ''.join(f'{amount}{unit}' for amount, unit in ((hours, 'H'), (minutes, 'M')) if amount)
    return 'P' + (f'{days}D' if days else '') + (f'T{time}' if time else '')


Allowance = Annotated[
    timedelta,
    BeforeValidator(_read),
    AfterValidator(_in_minutes),
    PlainSerializer(spelled_duration, return_type=str, when_used='json'),
    WithJsonSchema({'type': 'string', 'format': 'duration', 'examples': ['PT4H', 'P1DT12H']}),
]
FieldCode = Annotated[str, StringConstraints(pattern=r'^[a-z][a-z0-9_]{0,39}$')]
Bound = Annotated[float, Field(allow_inf_nan=False), Ge(-LARGEST_NUMBER), Le(LARGEST_NUMBER)]
Answers = dict[str, str | int | float]


class FormField(Stored):
    """One field of an order form («форма заказа», SVC-006)."""

    code: FieldCode
    """The key of the answer in a request's `form`."""
    label: Annotated[str, Line(200)]
    """What the person filling the form reads."""
    kind: FieldKind
    is_mandatory: bool = False
    """Whether an order without an answer is refused (REQ-057)."""
    choices: tuple[Annotated[str, Line(200)], ...] = Field((), max_length=MOST_CHOICES)
    """What may be answered to a `choice` field."""
    least: Bound | None = None
    """The smallest answer a `number` field takes."""
    most: Bound | None = None
    """The largest answer a `number` field takes."""
    hint: Annotated[str, Line(500)] | None = None

    @model_validator(mode='after')
    def _is_coherent(self) -> Self:
        if (self.kind is FieldKind.CHOICE) is not bool(self.choices):
            raise PydanticCustomError('choices_misplaced', 'choices belong to a choice field, and only there')
        if len(set(self.choices)) < len(self.choices):
            raise PydanticCustomError('choices_repeated', 'each choice is offered once')
        if self.kind is not FieldKind.NUMBER and (self.least, self.most) != (None, None):
            raise PydanticCustomError('bounds_misplaced', 'bounds belong to a number field')
        if self.least is not None and self.most is not None and self.least > self.most:
            raise PydanticCustomError('bounds_crossed', 'least is above most')
        return self


class NewFormField(FormField):
    """An order-form field as staff give it: fields it does not know are refused."""

    model_config = ConfigDict(extra='forbid')


def _judged(fields: tuple[NewFormField, ...]) -> tuple[NewFormField, ...]:
    if len({field.code for field in fields}) < len(fields):
        raise PydanticCustomError('field_codes_repeated', 'each field of a form has a code of its own')
    if sum(field.kind is FieldKind.FILE for field in fields) > MOST_FILE_FIELDS:
        raise PydanticCustomError('file_fields_too_many', 'a form asks for fifteen files at most')
    return fields


OrderForm = Annotated[
    tuple[NewFormField, ...], Field(max_length=MOST_FIELDS), AfterValidator(_judged)
]


def _of_distinct_buildings(building_ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(building_ids)) < len(building_ids):
        raise PydanticCustomError('buildings_repeated', 'each building is named once')
    return building_ids


BuildingIds = Annotated[
    tuple[Id, ...], Field(min_length=1, max_length=MOST_BUILDINGS), AfterValidator(_of_distinct_buildings)
]
Name = Annotated[str, Line(200)]
ShortDescription = Annotated[str, Prose(500, least=0)]
Description = Annotated[str, Prose(8000, least=0)]
AssigneesMax = Annotated[int, Ge(1), Le(MOST_ASSIGNEES)]
Position = Annotated[int, Ge(0), Le(999_999)]


class Offering(Stored):
    """What a resident orders («услуга») and the rules a request of it keeps."""

    id: Id
    organisation: str
    name: str
    short_description: str = ''
    description: str = ''
    kind: OfferingKind = OfferingKind.STANDARD
    category_id: Id | None = None
    fields: tuple[FormField, ...] = ()
    reaction: Allowance | None = None
    execution: Allowance | None = None
    assignees_max: int = 1
    is_reopenable_by_resident: bool = True
    is_document_required: bool = False
    is_checklist_strict: bool = False
    checklist_template_id: Id | None = None
    is_routed: bool = False
    does_suspension_stop_clock: bool = False
    controller_id: Id | None = None
    department_id: Id | None = None
    legal_entity_id: Id | None = None
    building_ids: tuple[Id, ...] | None = None
    is_offered_to_residents: bool = True
    payment: PaymentTime = PaymentTime.FREE
    automatic_invoice: tuple[AutomaticPosition, ...] = ()
    is_refundable: bool = False
    automatic_refund: AutomaticRefund = AutomaticRefund.NEVER
    state: OfferingState = OfferingState.ACTIVE
    version: int = 1

    @property
    def is_active(self) -> bool:
        """Whether something new can be ordered."""
        return self.state is OfferingState.ACTIVE

    @property
    def is_open_to_residents(self) -> bool:
        """Whether residents see it in the marketplace."""
        return self.is_active and self.is_offered_to_residents

    def is_available_in(self, building_id: str) -> bool:
        """Whether it can be ordered for that building."""
        return self.building_ids is None or building_id in self.building_ids


class Category(Stored):
    """A shelf of the marketplace (SVC-020)."""

    id: Id
    organisation: str
    name: str
    position: int = 0
    state: OfferingState = OfferingState.ACTIVE
    version: int = 1
