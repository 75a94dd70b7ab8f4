"""The machine of a refund waits for the decision, and asks the provider until the money is sent."""

import pytest

from chalicelib.billing import repository, service, steps
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start
from tests.billing.conftest import OWN
from tests.machines import Machines
from tests.make import catalogue as make_catalogue


@pytest.fixture
def machines(till, monkeypatch):
    return Machines(monkeypatch, 'billing', steps)


@pytest.fixture
def asked(till, shop):
    """A request in work whose client has paid and asks for his money back."""
    shop.offering = make_catalogue.offering(
        name='Окна', legal_entity_id=shop.entity, is_refundable=True, assignees_max=4,
        department_id=shop.house.plumbers,
    ).id  # fmt: skip
    number = shop.order()
    till.paid(number)
    till.call('POST', f'{OWN}/{number}/refund-request', {}, by=shop.resident)
    requests.start(number, Start(assignee_ids=(shop.house.crew[0].id,)), by=shop.dispatcher)
    return number


def execution(machines):
    """The one execution there is."""
    [name] = machines.executions('RefundMachine')
    return machines.arn_of('RefundMachine', name)


def waits(machines, number):
    """The machine has said by what it is to be answered."""
    deadline = 600
    while repository.token('demo', number) is None:
        deadline -= 1
        assert deadline, 'nobody waits'
        machines.gives_way()


def follows(number, kind):
    rows = repository.MoneyRow.query(f'demo#{number}#money')
    told = [Delivered.model_validate_json(row.body or '') for row in rows]
    service.follow([one for one in told if one.type == kind][-1])


@pytest.mark.proves('F1', 'F4', 'F5')
def test_the_machine_that_waits_goes_on_with_the_decision(till, machines, asked):
    for _ in range(2):
        follows(asked, 'RefundRequested')
    waits(machines, asked)
    till.refunds(asked, 'approve')
    follows(asked, 'RefundApproved')
    status, entered = machines.outcome(execution(machines))
    assert status == 'SUCCEEDED'
    assert entered == ['IsDecided', 'AwaitDecision', 'IsGranted', 'SendBack', 'IsOver', 'Over']
    assert (till.held(), till.ledger(asked).refund.status) == (0, 'completed')


@pytest.mark.proves('F3')
def test_the_machine_of_a_rejected_refund_ends(till, machines, asked):
    follows(asked, 'RefundRequested')
    waits(machines, asked)
    till.refunds(asked, 'reject', {'reason': 'Работа сделана'})
    follows(asked, 'RefundRejected')
    status, entered = machines.outcome(execution(machines))
    assert (status, entered[-2:]) == ('SUCCEEDED', ['IsGranted', 'Over'])
    assert till.held() == 125000


def test_who_decides_before_the_machine_waits_begins_one_that_sends_the_money(till, machines, asked):
    till.refunds(asked, 'approve')
    follows(asked, 'RefundApproved')
    status, entered = machines.outcome(execution(machines))
    assert (status, entered) == ('SUCCEEDED', ['IsDecided', 'SendBack', 'IsOver', 'Over'])
    assert till.held() == 0


def test_a_machine_that_comes_to_wait_for_what_is_decided_ends(till, machines, asked):
    till.refunds(asked, 'approve')
    follows(asked, 'RefundRequested')
    status, entered = machines.outcome(execution(machines))
    assert (status, entered[-2:]) == ('SUCCEEDED', ['IsGranted', 'Over'])
    assert till.held() == 125000, 'the event of the decision begins what sends the money'


@pytest.mark.proves('F2')
def test_a_refund_of_an_employee_has_nothing_to_wait_for(till, machines, number):
    till.paid(number)
    till.refunds(number)
    for _ in range(2):
        follows(number, 'RefundApproved')
    status, entered = machines.outcome(execution(machines))
    assert (status, entered) == ('SUCCEEDED', ['IsDecided', 'SendBack', 'IsOver', 'Over'])
    assert len(till.sandbox.wish()['refunds']) == 1


def test_a_machine_comes_again_when_the_provider_is_to_be_asked_again(till, machines, number, time):
    till.sandbox.wish(shop={'id': '100500', 'refunds': 'pending'})
    till.paid(number)
    till.refunds(number)
    next_at = steps.send_back({'organisation': 'demo', 'number': number, 'refund_id': 'r'}, None)
    assert next_at['is_over'] is False
    assert next_at['next_at'] == '2026-11-23T09:01:00.000Z'
