"""Those who live where an incident is hear of it, each once a piece of news; nobody else does."""

import pytest

from chalicelib.clients.model import NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.incidents import service
from chalicelib.incidents.events import JobEvent
from chalicelib.incidents.service import announcing
from chalicelib.premises.model import BuildingChanges, NewPremises
from chalicelib.premises.service import buildings, dwellings
from tests.incidents.conftest import announced, card
from tests.make import incidents as make
from tests.make import staff as make_staff


@pytest.fixture
def settled(house, dispatcher):
    """A resident with a flat in each of the buildings named; his id."""
    numbers = iter(range(100, 1000))

    def settle(*buildings, surname='Жильцов'):
        client = people.add(NewClient(surname=surname, phone=make_staff.phone()), by=dispatcher)
        for building in buildings:
            flat = dwellings.add(
                NewPremises(building_id=building, number=str(next(numbers))), by=dispatcher
            ).premises
            homes.settle(client.id, NewTenure(premises_id=flat.id), by=dispatcher)
        return client.id

    return settle


def told(news=None):
    """Who was named by the events that announce, in their order."""
    events = [one.event for one in announced('IncidentAnnounced')]
    return [name for one in events if news in (None, one['news']) for name in one['client_ids']]


def test_who_lives_in_the_buildings_is_told_once_and_nobody_else(house, dispatcher, settled, deliver):
    here = [settled(house.building) for _ in range(3)]
    both = settled(house.building, house.other_building)
    twice = settled(house.building, house.building)
    settled()
    incident = make.incident(
        dispatcher, building_ids=[house.other_building, house.building], text='Воды не будет до вечера'
    )
    assert not incident.announcement.is_finished
    deliver()
    assert sorted(told()) == sorted([house.client, *here, both, twice])
    (first, *_) = announced('IncidentAnnounced')
    assert (first.event['text'], first.event['news']) == ('Воды не будет до вечера', 'opened')
    shown = service.read(incident.id, by=dispatcher).announcement
    assert (shown.done, shown.is_finished) == (6, True)


def test_an_incident_of_services_alone_is_told_to_all_clients(house, dispatcher, settled, deliver):
    elsewhere = settled(house.other_building)
    make.incident(dispatcher, offering_ids=[house.offerings['plumbing']], text='Заявки не принимаются')
    deliver()
    assert sorted(told()) == sorted([house.client, house.neighbour, elsewhere])


def test_without_words_for_residents_nobody_is_told(house, dispatcher, deliver, do, water):
    assert card(do)['announcement'] is None
    do('', {'title': 'Нет горячей воды'}, method='PATCH')
    do('complete')
    deliver()
    assert told() == []


def test_residents_hear_of_other_words_and_of_the_end(house, dispatcher, do, deliver):
    incident = make.incident(dispatcher, building_ids=[house.building], text='Воды не будет до вечера').id
    deliver()
    do('', {'text': 'Воды не будет до утра'}, incident=incident, method='PATCH')
    do('start', incident=incident)
    deliver()
    assert told('changed') == [house.client]
    do('complete', incident=incident)
    deliver()
    assert (told('completed'), len(told())) == ([house.client], 3)


def test_words_that_come_later_are_told_as_the_first(house, do, water, deliver):
    do('', {'text': 'Воды не будет до утра'}, method='PATCH')
    deliver()
    assert told('opened') == [house.client]


def test_words_that_are_taken_back_are_told_to_nobody_more(house, dispatcher, do, deliver):
    incident = make.incident(dispatcher, building_ids=[house.building], text='Ошибка').id
    do('', {'text': ''}, incident=incident, method='PATCH')
    deliver()
    assert told() == []
    assert card(do, incident)['announcement']['is_finished']


def test_a_run_is_bounded_and_the_next_goes_on(house, dispatcher, settled, deliver, monkeypatch):
    monkeypatch.setattr(announcing, 'AT_ONCE', 2)
    monkeypatch.setattr(announcing, 'MOST_PAGES', 2)
    several = [settled(house.building, *[house.building] * (n % 3)) for n in range(7)]
    incident = make.incident(dispatcher, building_ids=[house.building], text='Воды нет').id
    assert deliver(most=1) == 1
    assert len(told()) <= 4
    assert deliver() > 1
    assert sorted(told()) == sorted([house.client, *several])
    for one in announced('JobBegun', 'JobWentOn'):
        service.work(JobEvent.model_validate(one.event))
    assert len(told()) == 8
    assert service.read(incident, by=dispatcher).announcement.done == 8


def test_news_takes_the_place_of_news_that_is_still_told(
    house, dispatcher, settled, do, deliver, monkeypatch
):
    monkeypatch.setattr(announcing, 'AT_ONCE', 2)
    monkeypatch.setattr(announcing, 'MOST_PAGES', 1)
    for _ in range(5):
        settled(house.building)
    incident = make.incident(dispatcher, building_ids=[house.building], text='Воды нет').id
    deliver(most=1)
    do('cancel', {'comment': 'ложный вызов'}, incident=incident)
    deliver()
    assert (len(told('opened')), len(told('cancelled'))) == (2, 6)


@pytest.mark.parametrize(
    'works, timing',
    [
        ({}, 'unknown'),
        ({'works_since': '2026-11-24T09:00:00Z'}, 'since'),
        ({'works_until': '2026-11-24T09:00:00Z'}, 'until'),
        ({'works_since': '2026-11-24T09:00:00Z', 'works_until': '2026-11-25T09:00:00Z'}, 'period'),
    ],
)
def test_it_is_told_when_the_works_are(house, dispatcher, deliver, works, timing):
    make.incident(dispatcher, building_ids=[house.building], text='Воды нет', **works)
    deliver()
    assert [one.event['timing'] for one in announced('IncidentAnnounced')] == [timing]


@pytest.mark.parametrize(
    'text, works, said',
    [
        ('Воды нет', {'works_since': '2026-11-24T09:00:00Z'}, 'Воды нет.'),
        ('Не пейте из «крана»', {'works_since': '2026-11-24T09:00:00Z'}, 'Не пейте из «крана».'),
        ('Воды нет!', {'works_until': '2026-11-24T09:00:00Z'}, 'Воды нет!'),
        ('Воды нет', {}, 'Воды нет'),
    ],
)
def test_what_staff_wrote_is_a_sentence_before_the_times_follow_it(
    house, dispatcher, deliver, text, works, said
):
    make.incident(dispatcher, building_ids=[house.building], text=text, **works)
    deliver()
    assert [one.event['text'] for one in announced('IncidentAnnounced')] == [said]


def test_each_building_is_told_by_its_own_clocks(house, dispatcher, settled, deliver):
    zone = 'Asia/Vladivostok'
    buildings.change(house.other_building, BuildingChanges(zone=zone), by=dispatcher)
    here, there = settled(house.building), settled(house.other_building)
    make.incident(
        dispatcher,
        building_ids=[house.building, house.other_building],
        text='Воды нет',
        works_since='2026-11-24T09:00:00Z',
    )
    deliver()
    by_zone = {one.event['zone']: one.event['client_ids'] for one in announced('IncidentAnnounced')}
    assert here in by_zone[None] and by_zone[zone] == [there]
