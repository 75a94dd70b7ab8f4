"""Nobody looks, and yet what was promised is watched."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey

BOTH = ['push', 'email']


@pytest.mark.proves('REQ-028', 'SLA-001', 'SLA-003', 'SLA-008', 'SLA-011', 'SLA-019', 'AMB-27')
def test_a_late_reaction_is_a_label_and_no_notice(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    number = pyotr.orders(plumbing)
    darya.assigns(number, ivan)

    company.passes(darya.card(number)['sla']['reaction']['until'])
    for _ in range(3):
        company.passes(minutes=1)
    assert darya.card(number)['labels'] == ['reaction_breached']
    assert len(darya.happened(number, 'ReactionBreached')) == 1
    company.settles()
    assert darya.notices(number) == ['request_created']
    assert (ivan.notices(number), pyotr.notices(number)) == (['assigned'], [])

    # Begun at last: the verdict stays.
    ivan.starts(number)
    card = darya.card(number)
    assert (card['sla']['reaction']['verdict'], card['labels']) == ('breached', ['reaction_breached'])
    assert darya.happened(number, 'ReactionObserved') == []


@pytest.mark.proves('REQ-029', 'SLA-004', 'SLA-006', 'SLA-009', 'SLA-010', 'SLA-019', 'AMB-26')
@pytest.mark.proves('NTF-001', 'NTF-015', 'NTF-016', 'NTF-020', 'IAM-003')
def test_late_work_is_told_by_the_channels_each_role_ticks(company: Company) -> None:
    plumbing = company.offers(execution='PT4H')
    company.ticks('executor', execution_deadline_near=BOTH, execution_breached=BOTH)
    company.ticks('dispatcher', execution_breached=['email'])
    darya = company.hires('Дмитриева Дарья', 'dispatcher', email=f'darya@{company.id}.example')
    ivan = company.hires('Иванов Иван', email=f'ivan@{company.id}.example')
    idle = company.hires('Ленивцев Лев', email=f'lev@{company.id}.example')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (darya, ivan, idle, pyotr):
        person.takes_push()
    number = pyotr.orders(plumbing)
    darya.assigns(number, ivan)
    ivan.hears(number, 'assigned')
    ivan.starts(number)
    deadline = darya.card(number)['sla']['execution']['until']

    company.passes(hours=3, seconds=1)
    ivan.hears(number, 'execution_deadline_near', 'подходит к концу')
    eventually(lambda: ivan.letters(number))
    assert darya.card(number)['labels'] == []

    company.passes(deadline)
    for _ in range(3):
        company.passes(minutes=1)
    assert darya.card(number)['labels'] == ['execution_breached']
    ivan.hears(number, 'execution_breached')
    eventually(lambda: darya.letters(number))
    eventually(lambda: company.administrator.letters(number))
    company.settles()

    # The executor at work by both, once; the dispatcher by e-mail alone, who then has it in no list.
    kinds = ['assigned', 'execution_deadline_near', 'execution_breached']
    assert [push['data']['type'] for push in ivan.pushes(number)] == kinds
    assert len(ivan.letters(number)) == 2
    assert len(darya.letters(number)) == len(company.administrator.letters(number)) == 1
    assert darya.pushes(number, 'execution_breached') == []
    assert 'execution_breached' not in darya.notices(number)
    # Who has no part in the request has his role's ticks all the same: he sees the house.
    assert [len(idle.pushes(number)), len(idle.letters(number))] == [1, 1]
    assert pyotr.notices(number) == ['request_started']
    assert [len(darya.happened(number, kind)) for kind in ('ExecutionDeadlineNear', 'ExecutionBreached')] == [
        1,
        1,
    ]
