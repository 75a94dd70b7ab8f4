"""A price list as a table: its columns, and the words by which units and rates are known in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.kit.words import spelled
from chalicelib.kit.xlsx import Kind, Value
from chalicelib.prices.model import Price, Unit, Vat

MOST_ROWS = 5000
"""Prices in one workbook, read or written."""


class Heading(StrEnum):
    """The columns, from left to right; their titles are `prices-column-<heading>`."""

    CODE = 'code'  # the id of a price that is in the list; empty for a new one
    NAME = 'name'
    UNIT = 'unit'
    TARIFF = 'tariff'
    VAT = 'vat'


NEEDED = tuple(heading for heading in Heading if heading is not Heading.CODE)
KINDS = {Heading.TARIFF: Kind.MONEY}
WIDTHS = {Heading.CODE: 28.0, Heading.NAME: 60.0}


@dataclass(frozen=True, slots=True)
class Words:
    """How things are called in a workbook: by our codes, and as people call them in any of our languages."""

    headings: Mapping[str, Heading]
    units: Mapping[str, Unit]
    vats: Mapping[str, Vat]


def known(text: str) -> str:
    """A word as it is compared: no case and no punctuation, but per cent and powers stay what they are."""
    return spelled(text.replace('%', ' процентов ')) or text.strip().casefold()


def row(price: Price, units: Mapping[Unit, str], vats: Mapping[Vat, str]) -> list[Value]:
    """The price as a row below the headings."""
    return [price.id, price.name, units[price.unit], price.tariff.minor, vats[price.vat]]
