"""A part must be ordered: the work rests until a date, is taken up again and done."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


def in_two_days(company: Company) -> date:
    return (company.now() + timedelta(days=2)).date()


def ends(company: Company, machine: str, number: int) -> list[str]:
    return sorted(company.executions(machine, number).values())


def has_ended(company: Company, machine: str, number: int) -> bool:
    return ends(company, machine, number) == ['SUCCEEDED']


@pytest.mark.proves('REQ-095', 'REQ-096', 'REQ-105', 'REQ-107', 'REQ-109', 'SLA-013', 'NTF-005')
@pytest.mark.proves('R9', 'R10', 'R11', 'AMB-05', 'AMB-06', 'AMB-07', 'AMB-18', 'AMB-26')
def test_the_end_of_a_suspension_is_warned_of_once(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (ivan, pyotr):
        person.takes_push()
    number = pyotr.orders(plumbing)
    darya.starts(number, ivan)

    with refused('ResumptionDateNeeded'):
        ivan.does('suspend', number, comment='Ждём прокладку')
    with refused('StatusCommentNeeded'):
        ivan.does('suspend', number, resume_until=str(in_two_days(company)))
    with refused('ResumptionDateInPast'):
        yesterday = (company.now() - timedelta(days=1)).date()
        ivan.does('suspend', number, comment='Ждём', resume_until=str(yesterday))
    ivan.does('suspend', number, comment='Ждём прокладку', resume_until=str(in_two_days(company)))
    heard = pyotr.hears(number, 'request_suspended')
    assert 'приостановлены до' in heard and 'прокладк' not in heard
    eventually(lambda: ends(company, 'suspension', number) == ['RUNNING'])

    # The date moves: the comment stays by itself, another execution waits, the first will find nothing.
    later = in_two_days(company) + timedelta(days=1)
    darya.does('suspend', number, resume_until=str(later))
    eventually(lambda: ends(company, 'suspension', number) == ['RUNNING'] * 2)
    first = darya.happened(number, 'RequestSuspended')[0]
    moved = darya.happened(number, 'SuspensionMoved')[0]
    warn_at = datetime.fromisoformat(moved['details']['warn_at'])
    assert (warn_at.hour, warn_at.date()) == (6, later)  # nine in the morning in Moscow
    assert moved['comment'] == 'Ждём прокладку'
    pyotr.hears(number, 'suspension_moved')

    company.passes(first['details']['warn_at'])
    eventually(lambda: ends(company, 'suspension', number) == ['RUNNING', 'SUCCEEDED'])
    company.settles()
    assert ivan.pushes(number, 'suspension_ending') == []

    # The clock wakes the machine and runs the sweep at the same moment.
    company.passes(warn_at + timedelta(seconds=1))
    ivan.hears(number, 'suspension_ending', 'заканчивается')
    eventually(lambda: ends(company, 'suspension', number) == ['SUCCEEDED'] * 2)
    company.passes(minutes=2)
    company.settles()
    assert len(ivan.pushes(number, 'suspension_ending')) == 1
    assert len(darya.happened(number, 'SuspensionEnding')) == 1
    assert darya.status_of(number) == 'suspended'

    ivan.starts(number)
    pyotr.hears(number, 'request_started', 'возобновили')
    assert darya.card(number)['management']['resume_until'] is None
    ivan.does('suspend', number, resume_until=str(in_two_days(company)))
    eventually(lambda: ends(company, 'suspension', number) == ['RUNNING', 'SUCCEEDED', 'SUCCEEDED'])
    ivan.starts(number)
    ivan.does('complete', number)
    pyotr.hears(number, 'rating_asked')
    assert 'прокладк' not in str([pyotr.sees(number), pyotr.list_of_notices(), pyotr.pushes(number)])


@pytest.mark.proves('REQ-111', 'NTF-022')
def test_who_has_not_rated_is_reminded_once(company: Company) -> None:
    plumbing = company.offers()
    ivan = company.hires('Иванов Иван')
    pyotr, maria = company.resident('Петров', 'Пётр', '12'), company.resident('Сидорова', 'Мария', '13')
    silent, content = pyotr.orders(plumbing), maria.orders(plumbing)
    for person in (pyotr, maria):
        person.takes_push()
    for number in (silent, content):
        company.administrator.starts(number, ivan)
        ivan.does('complete', number)
    maria.hears(content, 'rating_asked')
    maria.rates(content, 4)
    pyotr.hears(silent, 'rating_asked')

    company.passes(hours=24, seconds=5)
    pyotr.hears(silent, 'rating_reminded')
    for number in (silent, content):
        eventually(partial(has_ended, company, 'completion', number))
    company.passes(minutes=1)
    company.settles()
    assert pyotr.notices(silent)[1:] == ['rating_asked', 'rating_reminded']
    assert maria.notices(content)[1:] == ['rating_asked']
