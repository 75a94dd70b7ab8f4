"""The power fails: what was accepted stands, what was to come comes, and nothing comes twice.

A runtime of its own: the others must live on.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.runtime import Runtime
from tests.journeys.company import Company, Founder

pytestmark = pytest.mark.journey


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """A company on a machine whose power fails."""
    with Runtime(tmp_path) as runtime, Founder(runtime) as founder:
        yield founder.found()


def nothing_leaves(company: Company) -> None:
    """From now on what is written stays written and no more: the forwarder of events gets no turn."""
    company.settles()
    forwarder = {'FunctionName': 'domovoy-OutboxForward', 'ReservedConcurrentExecutions': 0}
    company.runtime.client('lambda').put_function_concurrency(**forwarder)


def power_fails(company: Company) -> None:
    """It is dark, and then everything starts anew on the same data, as it is deployed."""
    company.runtime.kill()
    company.runtime.start()


@pytest.mark.proves('REQ-006', 'NTF-006', 'SLA-013', 'SLA-019')
def test_an_accepted_order_and_a_waiting_machine_survive(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (darya, ivan, pyotr):
        person.takes_push()
    rests = pyotr.orders(plumbing)
    darya.starts(rests, ivan)
    tomorrow = (company.now() + timedelta(days=1)).date()
    pyotr.hears(rests, 'request_started')
    ivan.does('suspend', rests, comment='Ждём деталь', resume_until=str(tomorrow))
    nothing_leaves(company)

    accepted = pyotr.orders(plumbing)
    power_fails(company)

    assert pyotr.sees(accepted)['status']['code'] == 'waiting'
    assert darya.counts_new() == 1
    darya.hears(accepted, 'request_created')
    company.settles()
    assert darya.notices(accepted) == ['request_created']
    assert len(darya.pushes(accepted)) == 1
    assert [push['data']['type'] for push in pyotr.pushes(rests)] == ['request_started', 'request_suspended']

    # The machine that waited died with the power; the sweep finds what it waited for.
    company.passes(darya.happened(rests, 'RequestSuspended')[0]['details']['warn_at'])
    ivan.hears(rests, 'suspension_ending')
    company.passes(minutes=2)
    company.settles()
    assert len(ivan.pushes(rests, 'suspension_ending')) == 1
    assert darya.card(accepted)['labels'] == ['reaction_breached']
    assert len(darya.happened(accepted, 'ReactionBreached')) == 1

    ivan.starts(rests)
    pyotr.hears(rests, 'request_started', 'возобновили')
