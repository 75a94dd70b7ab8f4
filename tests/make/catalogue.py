"""Offerings and categories for tests, kept through the repository; every argument is optional."""

from typing import Any

from chalicelib.catalogue import repository
from chalicelib.catalogue.events import OfferingAdded
from chalicelib.catalogue.model import Category, FieldKind, FormField, Offering
from chalicelib.kit import clock
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM


def form_field(code: str = 'meters', **changes: Any) -> FormField:
    """A field of an order form, a number unless told otherwise; kept nowhere."""
    fields = {'label': 'Количество счётчиков', 'kind': FieldKind.NUMBER, **changes}
    return FormField(code=code, **fields)


def offering(organisation: str = 'demo', **changes: Any) -> Offering:
    """An offering that residents can order everywhere, without deadlines unless given."""
    fields = {'id': new_id(), 'name': 'Вызов электрика', **changes}
    made = Offering(organisation=organisation, **fields)
    return repository.add(made, OfferingAdded.of(made, at=clock.now(), by=SYSTEM))


def category(organisation: str = 'demo', **changes: Any) -> Category:
    """A category of the marketplace."""
    fields = {'id': new_id(), 'name': 'Ремонт', **changes}
    return repository.add_category(Category(organisation=organisation, **fields))
