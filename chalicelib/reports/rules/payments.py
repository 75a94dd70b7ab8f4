"""The columns of the register of payments, line by line: name, what Excel holds, width, value.

The sum stands as it was asked for; what truly came and what truly went back have columns of their own, which
the last row adds up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.billing.model.provider import Decline, Method
from chalicelib.kit.xlsx import Kind, Value
from chalicelib.registers.model.entry import Entry, EntryKind, EntryState
from chalicelib.reports.rules.columns import Around

PROVIDERS = ('yookassa', 'tbank')
WORDS = (
    'payment-total', 'payment-yes', 'payment-no',
    *(
        f'payment-{kind}-{code}'
        for kind, codes in (
            ('kind', EntryKind), ('state', EntryState), ('method', Method), ('decline', Decline),
            ('provider', PROVIDERS),
        )
        for code in codes
    ),
)  # fmt: skip
"""Every word that a value may be: in the catalogue as `report-<word>`."""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One column."""

    name: str
    kind: Kind
    width: float
    value: Callable[[Entry, Around], Value]


@dataclass(slots=True)
class Sums:
    """What came and what went back so far, in kopecks."""

    came: int = 0
    went: int = 0

    def add(self, entry: Entry) -> None:
        """The entry is among them."""
        self.came += came(entry) or 0
        self.went += went(entry) or 0


def came(entry: Entry) -> int | None:
    """Kopecks that the provider took from the client."""
    is_moved = entry.kind is EntryKind.PAYMENT and entry.state.is_moved
    return entry.amount.minor if is_moved else None


def went(entry: Entry) -> int | None:
    """Kopecks that the provider sent back."""
    is_moved = entry.kind is EntryKind.REFUND and entry.state.is_moved
    return entry.amount.minor if is_moved else None


def _word(around: Around, kind: str, code: str | None) -> Value:
    return around.words.get(f'payment-{kind}-{code}', code) if code else None


def _yes(is_so: bool, around: Around) -> Value:
    return around.words['payment-yes' if is_so else 'payment-no']


K = Kind
TABLE = (
    PaymentLine('kind',         K.TEXT,    12, lambda e, a: _word(a, 'kind', e.kind)),
    PaymentLine('state',        K.TEXT,    26, lambda e, a: _word(a, 'state', e.state)),
    PaymentLine('created_at',   K.INSTANT, 17, lambda e, _: e.created_at),
    PaymentLine('ended_at',     K.INSTANT, 17, lambda e, _: e.ended_at),
    PaymentLine('amount',       K.MONEY,   14, lambda e, _: e.amount.minor),
    PaymentLine('came',         K.MONEY,   14, lambda e, _: came(e)),
    PaymentLine('went',         K.MONEY,   14, lambda e, _: went(e)),
    PaymentLine('number',       K.INTEGER, 10, lambda e, _: e.number),
    PaymentLine('offering',     K.TEXT,    30, lambda e, _: e.offering_name),
    PaymentLine('marketplace',  K.TEXT,    14, lambda e, a: _yes(e.is_marketplace, a)),
    PaymentLine('client',       K.TEXT,    30, lambda e, _: e.client_name),
    PaymentLine('address',      K.TEXT,    40, lambda e, _: e.address),
    PaymentLine('premises',     K.TEXT,    12, lambda e, _: e.premises_number),
    PaymentLine('legal_entity', K.TEXT,    30, lambda e, a: a.name(e.legal_entity_id)),
    PaymentLine('provider',     K.TEXT,    14, lambda e, a: _word(a, 'provider', e.provider)),
    PaymentLine('shop',         K.TEXT,    14, lambda e, _: e.shop_id),
    PaymentLine('method',       K.TEXT,    18, lambda e, a: _word(a, 'method', e.method)),
    PaymentLine('external_id',  K.TEXT,    38, lambda e, _: e.external_id),
    PaymentLine('payment',      K.TEXT,    38, lambda e, _: e.payment_id),
    PaymentLine('decline',      K.TEXT,    30, lambda e, a: _word(a, 'decline', e.decline)),
    PaymentLine('test',         K.TEXT,    10, lambda e, a: _yes(e.is_test, a)),
)  # fmt: skip


def row(entry: Entry, around: Around) -> list[Value]:
    """The cells of the entry."""
    return [line.value(entry, around) for line in TABLE]


def total(sums: Sums, around: Around) -> list[Value]:
    """The last row: what came and what went back, all together."""
    known: dict[str, Value] = {'kind': around.words['payment-total'], 'came': sums.came, 'went': sums.went}
    return [known.get(line.name) for line in TABLE]


def percent(newest: datetime, last: datetime, first: Entry | None) -> int:
    """How far the walk is: it goes from the newest entry back to the first, whose instants are known."""
    if first is None or newest <= first.created_at:
        return 0
    return min(99, int(100 * ((newest - last) / (newest - first.created_at))))
