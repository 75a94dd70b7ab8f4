"""What a template may ask for: plain texts, lists of plain texts, and nothing else.

Papers are Russian, whoever asks for them. A sandbox reads attributes of whatever it is given: so it is given
nothing that has any.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.kit.money import Money
from chalicelib.papers.model import Bank, Line, Seller, Snapshot
from chalicelib.papers.rules.sums import in_figures, in_words, tax_in
from chalicelib.prices.model import Unit, Vat

Fields = dict[str, Any]

MONTHS = (
    'января', 'февраля', 'марта', 'апреля', 'мая', 'июня',
    'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря',
)  # fmt: skip
UNITS = {
    Unit.PIECE: 'шт.', Unit.HOUR: 'ч', Unit.DAY: 'сут.', Unit.METER: 'м', Unit.SQUARE_METER: 'м²',
    Unit.CUBIC_METER: 'м³', Unit.KILOGRAM: 'кг', Unit.LITER: 'л', Unit.KILOWATT_HOUR: 'кВт·ч',
    Unit.GIGACALORIE: 'Гкал', Unit.ANOTHER: 'усл.',
}  # fmt: skip
VATS = {
    Vat.NONE: 'без НДС', Vat.VAT_0: '0%', Vat.VAT_5: '5%', Vat.VAT_7: '7%', Vat.VAT_10: '10%',
    Vat.VAT_20: '20%', Vat.VAT_22: '22%',
}  # fmt: skip
BLANK_DAY = '«___» ______________ 20__ г.'
"""To be filled by hand: the work is not done yet."""

_NOT_XML = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]')


def of(snapshot: Snapshot) -> Fields:
    """The fields of these papers."""
    return {
        'document': {
            'number': snapshot.invoice_id,
            'date': day(snapshot.issued_on),
            'done_date': day(snapshot.done_on) if snapshot.done_on else BLANK_DAY,
        },
        'request': {
            'number': str(snapshot.number),
            'offering': _plain(snapshot.offering_name),
            'address': _plain(snapshot.address),
            'premises': _plain(snapshot.premises_number),
        },
        'client': {'name': _plain(snapshot.client_name), 'phone': _plain(snapshot.client_phone)},
        'company': _company(snapshot.seller),
        'positions': [_position(place, line) for place, line in enumerate(snapshot.lines, 1)],
        'total': {
            'sum': in_figures(snapshot.total),
            'words': in_words(snapshot.total),
            'vat': tax_in(snapshot.lines),
        },
    }


def day(day: date) -> str:
    """`22 ноября 2026 г.`."""
    return f'{day.day} {MONTHS[day.month - 1]} {day.year} г.'


def _company(seller: Seller) -> Fields:
    bank = seller.bank_account or Bank(bik='', account='')
    fields = {
        'name': seller.name, 'inn': seller.inn, 'kpp': seller.kpp, 'ogrn': seller.ogrn,
        'address': seller.address, 'bank': bank.bank, 'bik': bank.bik, 'account': bank.account,
        'correspondent': bank.correspondent,
    }  # fmt: skip
    return {name: _plain(value) for name, value in fields.items()}


def _position(place: int, line: Line) -> Fields:
    return {
        'number': str(place),
        'name': _plain(line.name),
        'unit': UNITS[line.unit],
        'quantity': f'{line.quantity.normalize():f}'.replace('.', ','),
        'tariff': in_figures(line.tariff),
        'discount': f'{line.discount.normalize():f}%'.replace('.', ','),
        'vat': VATS[line.vat],
        'total': in_figures(line.total),
    }


def _plain(text: str | None) -> str:
    return _NOT_XML.sub('', text or '')


def example() -> Fields:
    """Fields of papers that never were, in every form there is: what a template is tried with."""
    tap = Line(
        name='Замена смесителя & «сифона» <кухня>',
        unit=Unit.PIECE,
        quantity=Decimal('1.5'),
        tariff=Money(minor=125000),
        discount=Decimal('12.5'),
        vat=Vat.VAT_22,
        total=Money(minor=164063),
    )
    call = tap.model_copy(update={'name': 'Выезд мастера', 'vat': Vat.NONE, 'total': Money(minor=50000)})
    return of(
        Snapshot(
            invoice_id='1207-1',
            number=1207,
            issued_on=date(2026, 11, 22),
            done_on=date(2026, 11, 24),
            offering_name='Сантехник',
            address='г. Москва, ул. Мира, д. 5',
            premises_number='12',
            client_name='Петров Пётр Петрович',
            client_phone='+79010000001',
            seller=Seller(
                name='ООО «Домовой»',
                inn='7707083893',
                kpp='770701001',
                ogrn='1027700132195',
                address='г. Москва, ул. Ленина, д. 1',
                bank_account=Bank(
                    bik='044525225',
                    bank='ПАО Сбербанк',
                    account='40702810900000000001',
                    correspondent='30101810400000000225',
                ),
            ),
            lines=(tap, call),
            total=Money(minor=214063),
            sources=(),
        )
    )


def named(fields: Fields) -> list[tuple[str, str]]:
    """Every field by the name it is asked for by, with its value; of a list, those of its first entry."""
    found = []
    for group, values in fields.items():
        inner = values[0] if isinstance(values, list) else values
        found += [(f'{group}.{name}', value) for name, value in inner.items()]
    return found
