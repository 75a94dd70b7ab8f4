"""A plumber has a task, and a checklist that came with the offering: done only when all is ticked."""

from datetime import timedelta

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


@pytest.mark.proves('REQ-144', 'REQ-145', 'SLA-012', 'NTF-007', 'NTF-017')
def test_a_task_is_reminded_of_and_a_checklist_is_finished_before_the_request(company: Company) -> None:
    strict = company.offers(is_checklist_strict=True)
    template = company.made('checklist-templates', name='Приёмка', items=['Убрать', 'Показать'])
    chosen = {'checklist_template_id': template['id']}
    card = company.administrator.call('PUT', f'/v1/staff/offerings/{strict}/checklist', chosen)
    assert card == chosen | {'offering_id': strict, 'version': 2}
    company.ticks('executor', task_created=['push'], task_deadline_near=['push'])
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    ivan.takes_push()
    number = company.resident('Петров', 'Пётр').orders(strict)
    darya.starts(number, ivan)
    around = f'/v1/staff/requests/{number}'

    due_at = (company.now() + timedelta(hours=3)).isoformat()
    new = {'title': 'Купить прокладки', 'executor_id': ivan.id, 'due_at': due_at}
    task = darya.call('POST', f'{around}/tasks', new)
    ivan.hears(number, 'task_created', 'Купить прокладки')
    assert [one['id'] for one in ivan.call('GET', '/v1/staff/tasks')['items']] == [task['id']]

    with refused('ChecklistOpen'):
        ivan.does('complete', number)
    [one] = eventually(lambda: ivan.call('GET', f'{around}/checklists')['items'])
    assert (one['name'], one['author']) == ('Приёмка', None)
    with refused('ChecklistOpen'):
        ivan.does('complete', number)

    company.passes(hours=2, minutes=1)
    ivan.hears(number, 'task_deadline_near')
    company.passes(hours=2)
    company.settles()
    assert len(ivan.pushes(number, 'task_deadline_near')) == 1
    late = darya.call('GET', '/v1/staff/tasks?tab=all&overdue=true')['items']
    assert [found['id'] for found in late] == [task['id']]
    ivan.call('POST', f'/v1/staff/tasks/{task["id"]}/complete')
    assert darya.call('GET', '/v1/staff/tasks?tab=all')['items'] == []

    for item in one['items']:
        shown = ivan.call('PATCH', f'{around}/checklists/{one["id"]}/items/{item["id"]}', {'is_done': True})
    assert (shown['done'], shown['total']) == (2, 2)
    assert ivan.does('complete', number)['status']['code'] == 'done'
    told = [(entry['author'], entry['details']['what']) for entry in darya.happened(number, 'ChecklistNoted')]
    assert [what for _, what in told] == ['added', 'finished']
    assert [entry['details']['what'] for entry in darya.happened(number, 'TaskNoted')] == ['created', 'done']
