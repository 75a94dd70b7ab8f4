"""No water in the house: residents hear of it, their requests end with it, and one of them is not content."""

from typing import Any

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey

MORE_THAN_A_RUN = 51
INCIDENTS = '/v1/staff/incidents'


@pytest.mark.proves('INC-001', 'INC-002', 'INC-003', 'INC-004', 'INC-005', 'INC-006', 'REQ-131', 'REQ-133')
def test_requests_end_with_their_incident_and_a_reopened_one_goes_on_alone(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    stranger = company.resident('Сидорова', 'Анна', flat='13')
    pyotr.takes_push()

    def heard(*words: str) -> list[str]:
        outbox = company.runtime.outbox(channel='push', to=pyotr.push_token)
        return [push['text'] for push in outbox if all(word in push['text'] for word in words)]

    first = pyotr.orders(plumbing)
    wanted = {'title': 'Прорыв стояка', 'text': 'Воды не будет до вечера', 'building_ids': [company.house]}
    incident = darya.call('POST', INCIDENTS, {**wanted, 'offering_ids': [plumbing]})['id']
    own = f'{INCIDENTS}/{incident}'
    eventually(lambda: heard('Воды не будет до вечера'))
    eventually(lambda: stranger.list_of_notices()['items'])

    def suggested() -> list[int]:
        items = darya.call('GET', f'{own}/suggestions')['items']
        return [line['number'] for line in items]

    assert eventually(suggested) == [first]
    answers = darya.call('POST', f'{own}/requests/attach', {'numbers': [first, 999999]})['items']
    assert [line['code'] for line in answers] == [None, 'RequestNotFound']
    order = {'channel': 'incoming_call', 'offering_id': plumbing, 'building_id': company.house}
    order |= {'premises_id': pyotr.flat, 'client_id': pyotr.id, 'form': {'problem': 'Нет воды'}}
    numbers = [
        darya.call('POST', '/v1/staff/requests', {**order, 'incident_id': incident})['number']
        for _ in range(MORE_THAN_A_RUN)
    ]
    assert darya.counts_new() == 0

    darya.call('POST', f'{own}/complete', {'comment': 'Стояк заменён'})

    def cascade() -> dict[str, Any]:
        told: dict[str, Any] = darya.call('GET', own)['cascade']
        return told

    eventually(lambda: cascade()['is_finished'], lambda: str(cascade()))
    assert (cascade()['done'], cascade()['skipped']) == (MORE_THAN_A_RUN + 1, 0)
    assert {darya.status_of(number) for number in (first, numbers[0], numbers[-1])} == {'done'}
    (entry,) = darya.happened(first, 'RequestCompleted')
    assert (entry['author'], entry['details']['incident_id']) == (None, incident)
    eventually(lambda: heard('Работы завершены'))
    with refused('IncidentOver'):
        darya.call('PUT', f'/v1/staff/requests/{pyotr.orders(plumbing)}/incident', {'incident_id': incident})

    pyotr.does('reopen', first)
    (left,) = darya.happened(first, 'DetachedFromIncident')
    assert (left['author'], left['details']['is_automatic']) == (None, True)
    darya.starts(first, ivan)
    ivan.does('complete', first)
    assert darya.status_of(first) == 'done'
    assert darya.card(first)['incident_id'] is None
    assert darya.call('GET', own)['attached'] == MORE_THAN_A_RUN
