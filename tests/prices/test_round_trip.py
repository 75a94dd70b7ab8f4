"""Whatever a price may be called, a workbook brings it back as it was."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chalicelib.kit.money import MOST_MINOR, Money
from chalicelib.kit.xlsx import Workbook
from chalicelib.prices.model import Name, Price, Unit, Vat
from chalicelib.prices.rules import columns, planning, sheet
from chalicelib.prices.service import wording

NAMES = TypeAdapter(Name)


def decent(text: str) -> str | None:
    """The name as it is kept, None where it is none."""
    try:
        return NAMES.validate_python(text)
    except ValidationError:
        return None


names = st.one_of(
    st.text(min_size=1, max_size=200),
    st.text('_x0041AaЁё=+-@\'" <&>', min_size=1, max_size=20),
).map(decent).filter(bool)  # fmt: skip
prices = st.builds(
    Price,
    id=st.text('abc0123456789', min_size=8, max_size=8),
    organisation=st.just('demo'),
    legal_entity_id=st.just('entity'),
    name=names,
    unit=st.sampled_from(Unit),
    tariff=st.integers(0, MOST_MINOR).map(lambda minor: Money(minor=minor)),
    vat=st.sampled_from(Vat),
)


def told(listed, locale):
    file = BytesIO()
    units, vats = wording.units(locale), wording.vats(locale)
    with Workbook(file, zone=ZoneInfo('UTC'), sheet='Л', columns=wording.columns(locale)) as book:
        for price in listed:
            book.add(columns.row(price, units, vats))
    return file.getvalue()


@given(
    st.lists(prices, min_size=1, max_size=5, unique_by=(lambda p: p.id, lambda p: planning.name_key(p.name)))
)
def test_a_list_comes_back_from_its_workbook_as_it_was(listed):
    for locale in ('ru', 'en'):
        lines, problems = sheet.read(told(listed, locale), wording.words())
        assert problems == []
        read = [(one.code, one.name, one.unit, one.tariff, one.vat) for one in lines]
        assert read == [(one.id, one.name, one.unit, one.tariff, one.vat) for one in listed]
        plan = planning.planned(lines, listed)
        assert (plan.unchanged, plan.changes, plan.problems) == (len(listed), (), ())


@given(st.lists(prices, min_size=1, max_size=6, unique_by=lambda p: p.id), st.data())
def test_a_plan_carried_out_in_part_is_planned_on_to_the_same_list(listed, data):
    unique = {planning.name_key(price.name): price for price in listed}
    lines, problems = sheet.read(told(unique.values(), 'ru'), wording.words())
    assert problems == []
    kept = data.draw(st.lists(st.sampled_from(lines), unique_by=lambda one: one.row))
    before = [
        Price(
            id=str(one.code), organisation='demo', legal_entity_id='entity', name=one.name,
            unit=Unit.PIECE, tariff=Money(minor=1), vat=Vat.VAT_20,
        )
        for one in kept
    ]  # fmt: skip
    nameless = [
        sheet.Line(one.row, None, one.name, one.unit, one.tariff, one.vat, one.columns) for one in lines
    ]
    plan = planning.planned(nameless, before)
    assert plan.problems == ()
    done = {price.id: price for price in before}
    for change in plan.changes[: data.draw(st.integers(0, len(plan.changes)))]:
        line, id = change.line, change.before.id if change.before else f'new{change.line.row}'
        done[id] = Price(
            id=id, organisation='demo', legal_entity_id='entity', name=line.name, unit=line.unit,
            tariff=line.tariff, vat=line.vat,
        )  # fmt: skip
    rest = planning.planned(nameless, done.values())
    assert rest.problems == ()
    assert rest.unchanged + len(rest.changes) == len(nameless)
    assert {change.line.name for change in rest.changes} <= {change.line.name for change in plan.changes}


@pytest.mark.parametrize('text', ['_x0041_', '_x005F_x0041_', 'a_x000A_b'])
def test_what_looks_like_an_escape_is_one_in_a_workbook_and_comes_back(text):
    price = Price(
        id='a', organisation='demo', legal_entity_id='e', name=text, unit=Unit.PIECE,
        tariff=Money(minor=1), vat=Vat.NONE,
    )  # fmt: skip
    [line], problems = sheet.read(told([price], 'ru'), wording.words())
    assert (line.name, problems) == (text, [])
