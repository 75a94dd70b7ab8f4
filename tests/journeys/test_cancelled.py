"""Nothing more will be done: because the resident says so, or because the company does."""

from datetime import timedelta

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


@pytest.mark.proves('REQ-104', 'REQ-126', 'NTF-009', 'NTF-032', 'R17', 'AMB-08')
def test_a_resident_cancels_while_nobody_has_begun(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    ivan.takes_push()

    regretted = pyotr.orders(plumbing)
    darya.assigns(regretted, ivan)
    assert pyotr.sees(regretted)['actions'] == ['cancel']
    pyotr.does('cancel', regretted)
    ivan.hears(regretted, 'status_changed', 'отменена')
    assert darya.counts_new() == 0
    assert darya.happened(regretted, 'RequestCancelled')[0]['author'] is None
    with refused('MoveNotAllowed'):
        pyotr.does('cancel', regretted)
    with refused('MoveNotAllowed'):
        darya.starts(regretted, ivan)

    begun = pyotr.orders(plumbing)
    darya.starts(begun, ivan)
    assert pyotr.sees(begun)['actions'] == []
    with refused('MoveNotAllowed'):
        pyotr.does('cancel', begun)
    assert darya.status_of(begun) == 'in_progress'

    # What is cancelled is late no more.
    company.passes(hours=2)
    company.settles()
    assert darya.card(regretted)['labels'] == []
    assert pyotr.notices(regretted) == []


@pytest.mark.proves('REQ-102', 'REQ-103', 'REQ-105', 'REQ-107', 'REQ-108', 'R16', 'AMB-09')
def test_staff_cancel_with_a_reason_that_stays_among_them(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (ivan, pyotr):
        person.takes_push()
    number = pyotr.orders(plumbing)
    darya.starts(number, ivan)

    with refused('PermissionMissing'):
        ivan.does('cancel', number, comment='Не хочу')
    with refused('StatusCommentNeeded'):
        darya.does('cancel', number, comment='  ')
    tomorrow = (company.now() + timedelta(days=1)).date()
    darya.does('suspend', number, comment='Ждём деталь', resume_until=str(tomorrow))
    eventually(lambda: [*company.executions('suspension', number).values()] == ['RUNNING'])

    darya.does('cancel', number, comment='Дубль заявки соседа')
    pyotr.hears(number, 'request_cancelled', 'отменена')
    ivan.hears(number, 'status_changed', 'отменена')
    cancelled = darya.happened(number, 'RequestCancelled')[0]
    assert (cancelled['author'], cancelled['comment']) == (darya.name, 'Дубль заявки соседа')
    eventually(lambda: [*company.executions('suspension', number).values()] == ['ABORTED'])

    company.passes(days=2)
    company.settles()
    assert ivan.pushes(number, 'suspension_ending') == []
    everything = [pyotr.sees(number), pyotr.list_of_notices(), pyotr.pushes(number)]
    assert 'Дубль' not in str(everything) and 'деталь' not in str(everything)
    assert pyotr.notices(number) == ['request_started', 'request_suspended', 'request_cancelled']
