"""Reading and saving all money of one request, and finding what there is to ask."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from chalicelib.billing.events import MoneyEvent
from chalicelib.billing.model.invoice import Invoice
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import Payment, Repayment
from chalicelib.billing.model.refund import Refund
from chalicelib.billing.repository.rows import (
    INVOICE,
    LEDGER,
    PAYMENT,
    REFUND,
    REPAYMENT,
    MoneyRow,
    shard_of,
)
from chalicelib.kit import clock
from chalicelib.kit.dynamo import Read, Write, creating, find, putting, replacing, write_now
from chalicelib.kit.outbox import announcing

TOKENS_LIVE = timedelta(days=366)
"""A machine waits for at most a year."""


def ledger(organisation: str, number: int) -> Ledger:
    """All money of the request, strongly consistent: one query; empty where there is none yet."""
    version, refund = 0, None
    invoices: list[Invoice] = []
    payments: list[Payment] = []
    repayments: list[Repayment] = []
    for row in MoneyRow.query(_pk(organisation, number), consistent_read=True):
        body, sk = row.body or '', str(row.sk)
        if sk == LEDGER:
            version = int(row.version or 0)
        elif sk == REFUND:
            refund = Refund.model_validate_json(body)
        elif sk.startswith(INVOICE):
            invoices.append(Invoice.model_validate_json(body))
        elif sk.startswith(PAYMENT):
            payments.append(Payment.model_validate_json(body))
        elif sk.startswith(REPAYMENT):
            repayments.append(Repayment.model_validate_json(body))
    return Ledger(
        organisation=organisation,
        number=number,
        version=version,
        invoices=tuple(invoices),
        payments=tuple(payments),
        repayments=tuple(repayments),
        refund=refund,
    )


def saving(before: Ledger, after: Ledger, events: Sequence[MoneyEvent]) -> list[Write]:
    """The ledger will be as `after` in the next version, its events beside it, if nobody changed it since.

    Only the rows that differ are written.
    """
    pk, version = _pk(after.organisation, after.number), before.version + 1
    head = MoneyRow(pk=pk, sk=LEDGER, version=version)
    were, rows = _rows(before), _rows(after)
    return [
        replacing(head, before.version) if before.version else creating(head),
        *(putting(_row(pk, sk, one)) for sk, one in rows.items() if were.get(sk) != one),
        *announcing(MoneyRow, f'{pk}#money', version, *events),
    ]


def due_by(now: datetime, shard: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of each payment and repayment of the shard to ask about, the oldest first."""
    until = MoneyRow.due_at <= clock.text(now)
    for row in MoneyRow.due.query(f'due#{shard}', until, page_size=100):
        yield str(row.pk).rpartition('#')[0], str(row.sk).partition('#')[2]


def keep_token(organisation: str, number: int, token: str) -> None:
    """The machine of the request's refund waits under this token, and under no other any more."""
    row = MoneyRow(*_token(organisation, number), body=token)
    row.ttl = int((clock.now() + TOKENS_LIVE).timestamp())
    write_now(row)


def token(organisation: str, number: int) -> str | None:
    """Under which token the machine of the request's refund waits, or did."""
    return find(Read(MoneyRow, _token(organisation, number), lambda row: str(row.body)))


def _token(organisation: str, number: int) -> tuple[str, str]:
    return f'{_pk(organisation, number)}#machine', 'token'


Part = Invoice | Payment | Repayment | Refund


def _rows(ledger: Ledger) -> dict[str, Part]:
    rows: dict[str, Part] = {f'{INVOICE}{one.ordinal:02d}': one for one in ledger.invoices}
    rows |= {f'{PAYMENT}{one.id}': one for one in ledger.payments}
    rows |= {f'{REPAYMENT}{one.id}': one for one in ledger.repayments}
    return rows | ({REFUND: ledger.refund} if ledger.refund else {})


def _row(pk: str, sk: str, part: Part) -> MoneyRow:
    row = MoneyRow(pk=pk, sk=sk, body=part.model_dump_json())
    if isinstance(part, Invoice):
        row.version = part.version
        return row
    due_at = part.due_at if isinstance(part, Payment) else None
    if isinstance(part, Repayment):
        due_at = part.asking.next_at
    if due_at is not None:
        row.due_key, row.due_at = shard_of(pk), clock.text(due_at)
    return row


def _pk(organisation: str, number: int) -> str:
    return f'{organisation}#{number}'
