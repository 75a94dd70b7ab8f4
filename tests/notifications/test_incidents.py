"""An incident is told to many residents at once: each has it in his list and hears of it once."""

import pytest

from chalicelib.incidents.events import IncidentAnnounced
from chalicelib.incidents.model.job import News
from chalicelib.kit.caller import Audience
from tests.conftest import NOON
from tests.make import clients as make_clients
from tests.notifications.conftest import inbox

pytestmark = pytest.mark.usefixtures('organisation')


def test_each_resident_of_a_page_is_told_once_however_often_it_comes(announce, sent):
    residents = [make_clients.client().id for _ in range(25)]
    for _ in range(2):
        announce(IncidentAnnounced, client_ids=(*residents, 'erased'), event_id='demo#water@3.0')
    # What has the same id is delivered once.
    told = {push.id: push.to for push in sent('push')}
    assert sorted(told.values()) == sorted(f'resident:{one}' for one in residents)
    for one in residents:
        [notice] = inbox(one, Audience.RESIDENT).items
        assert (notice.kind, notice.number, notice.title) == ('incident_announced', None, 'Ремонт стояка 17')


@pytest.mark.parametrize(
    'changes, title, text',
    [
        ({}, 'Ремонт стояка 17', 'В доме 17 не будет воды.'),
        ({'news': News.CHANGED}, 'Изменения: Ремонт стояка 17', 'В доме 17 не будет воды.'),
        ({'news': News.COMPLETED}, 'Ремонт стояка 17', 'Работы завершены: Ремонт стояка 17.'),
        ({'news': News.CANCELLED}, 'Ремонт стояка 17', 'Отменено: Ремонт стояка 17.'),
        (
            {'works_since': NOON},
            'Ремонт стояка 17',
            'В доме 17 не будет воды. Начало работ: 23 ноября 2026, 12:00.',
        ),
        (
            {'works_since': NOON, 'works_until': NOON.replace(day=24)},
            'Ремонт стояка 17',
            'В доме 17 не будет воды. Работы: с 23 ноября 2026, 12:00, по 24 ноября 2026, 12:00.',
        ),
        (
            {'works_since': NOON, 'zone': 'Asia/Vladivostok'},
            'Ремонт стояка 17',
            'В доме 17 не будет воды. Начало работ: 23 ноября 2026, 19:00.',
        ),
    ],
)
def test_it_says_what_and_when(announce, changes, title, text):
    client = make_clients.client()
    announce(IncidentAnnounced, client_ids=(client.id,), **changes)
    [notice] = inbox(client.id, Audience.RESIDENT).items
    assert (notice.title, notice.text) == (title, text)
