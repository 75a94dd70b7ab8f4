"""The life of an invoice: every status with every action, held against the table as text."""

import pytest

from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refusals import InvoiceEmpty, InvoiceMoveNotAllowed
from chalicelib.billing.model.views import InvoiceAction, OwnInvoiceStatus
from chalicelib.billing.rules import invoicing, standing
from chalicelib.billing.rules.invoicing import Attempt
from chalicelib.kit.money import Money
from chalicelib.requests.model.status import Mark
from tests.conftest import NOON
from tests.make import billing as make
from tests.make import requests as make_requests

TABLE = """
I3 | draft        | edit        | draft
I4 | draft        | issue       | issued
I5 | draft        | mark_paid   | paid_offline
I6 | issued       | withdraw    | draft
I8 | issued       | mark_paid   | paid_offline
I9 | paid_offline | make_unpaid | draft
"""
LINES = [[cell.strip() for cell in line.split('|')] for line in TABLE.strip().splitlines()]
LEADS = {(InvoiceStatus(origin), InvoiceAction(action)): InvoiceStatus(to) for _, origin, action, to in LINES}
VERBS = [action for action in InvoiceAction if action is not InvoiceAction.DRAW]


def attempt(status: InvoiceStatus, *positions) -> Attempt:
    times = {'issued_at': None if status is InvoiceStatus.DRAFT else NOON}
    times['paid_at'] = NOON if status.is_paid else None
    invoice = make.invoice(status, *(positions or (make.position(),)), **times)
    return Attempt(invoice, make_requests.request(), make_requests.employee())


def test_the_table_of_the_code_is_the_table_of_the_requirements():
    assert [[m.line, m.origin, m.action, m.target] for m in invoicing.MOVES] == LINES


@pytest.mark.proves('AMB-52', 'AMB-56')
@pytest.mark.proves('INV-018', 'INV-021', 'INV-022', 'INV-023', 'INV-024', 'INV-025', 'INV-026')
@pytest.mark.proves('I3', 'I4', 'I5', 'I6', 'I8', 'I9', 'AMB-50', 'AMB-51')
@pytest.mark.parametrize('action', VERBS)
@pytest.mark.parametrize('status', InvoiceStatus)
def test_an_action_leads_where_the_table_says_and_nowhere_else(status, action):
    tried = attempt(status)
    if (status, action) not in LEADS:
        with pytest.raises(InvoiceMoveNotAllowed):
            invoicing.move(tried, action, NOON)
        return
    moved = invoicing.move(tried, action, NOON)
    assert (moved.status, moved.version) == (LEADS[status, action], 2)
    assert (moved.issued_at is None) is (moved.status is InvoiceStatus.DRAFT)
    assert (moved.paid_at == NOON) is moved.status.is_paid


@pytest.mark.proves('INV-011', 'AMB-58')
@pytest.mark.parametrize('action', [InvoiceAction.ISSUE, InvoiceAction.MARK_PAID])
def test_an_empty_invoice_is_neither_issued_nor_paid(action):
    empty = Attempt(make.invoice(), make_requests.request(), make_requests.employee())
    with pytest.raises(InvoiceEmpty):
        invoicing.move(empty, action, NOON)


@pytest.mark.proves('AMB-58')
def test_an_invoice_of_nothing_may_be_marked_paid():
    free = attempt(InvoiceStatus.DRAFT, make.position(discount='100'))
    assert invoicing.move(free, InvoiceAction.MARK_PAID, NOON).status is InvoiceStatus.PAID_OFFLINE


D, I, OFF, ON, ANN = InvoiceStatus  # noqa: E741 - columns of the table below

STANDINGS = [
    ((),        set(),                                             False),
    ((D,),      {'invoice_not_issued'},                            False),
    ((I,),      {'invoice_unpaid'},                                True),
    ((OFF,),    {'invoice_marked_paid'},                           True),
    ((ON,),     {'invoice_paid'},                                  True),
    ((ANN,),    set(),                                             False),
    ((ON, I),   {'invoice_paid', 'invoice_unpaid'},                True),
    ((OFF, D),  {'invoice_marked_paid', 'invoice_not_issued'},     True),
    ((ON, ON),  {'invoice_paid'},                                  True),
]  # fmt: skip


@pytest.mark.proves('INV-036', 'INV-037', 'AMB-36', 'AMB-39', 'REQ-032', 'REQ-033', 'REQ-034')
@pytest.mark.parametrize(('statuses', 'labels', 'is_locked'), STANDINGS)
def test_a_request_carries_the_distinct_labels_of_its_invoices(statuses, labels, is_locked):
    invoices = tuple(
        make.invoice(status, make.position(), ordinal=place) for place, status in enumerate(statuses, 1)
    )
    paid = standing.of(Ledger(organisation='demo', number=17, invoices=invoices))
    assert paid.states == labels
    assert (Mark.INVOICE_ISSUED in paid.marks) is is_locked


@pytest.mark.proves('AMB-36')
def test_a_draft_without_positions_has_no_label():
    assert standing.of(Ledger(organisation='demo', number=17, invoices=(make.invoice(),))).states == set()


@pytest.mark.proves('INV-004', 'INV-019', 'AMB-56')
@pytest.mark.parametrize(
    ('status', 'refunded', 'seen'),
    [
        (D, 0, None), (I, 0, OwnInvoiceStatus.AWAITING_PAYMENT), (OFF, 0, OwnInvoiceStatus.PAID),
        (ON, 0, OwnInvoiceStatus.PAID), (ON, 1, OwnInvoiceStatus.REFUNDED), (ANN, 0, None),
        (ANN, 1, OwnInvoiceStatus.REFUNDED),
    ],
)  # fmt: skip
def test_a_client_sees_three_statuses_and_never_a_draft(status, refunded, seen):
    invoice = make.invoice(status, make.position(), refunded=Money(minor=refunded))
    assert standing.seen_by_client(invoice) == seen
