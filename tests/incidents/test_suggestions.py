"""Open requests of the same buildings and services are found, to be attached."""

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.requests import repository
from chalicelib.requests import service as requests
from tests.incidents.conftest import REQUESTS
from tests.make import incidents as make
from tests.requests.conftest import acting


@pytest.fixture
def suggested(do):
    """The numbers that are suggested for the incident, when the stream has brought every request."""

    def act(incident=None, query='', by=None):
        repository.forget_sizes()
        for request in requests.everything('demo'):
            requests.index(request)
        page = do(f'suggestions{query}', incident=incident, by=by, method='GET')
        assert page.status_code == 200, page.json_body
        return [line['number'] for line in page.json_body['items']]

    return act


@pytest.mark.proves('INC-003')
def test_open_requests_of_the_same_building_and_service_are_suggested(
    house, call, dispatcher, ordered, suggested
):
    about = {'building_ids': [house.building], 'offering_ids': [house.offerings['plumbing']]}
    incident = make.incident(dispatcher, **about).id
    alike, over, attached = ordered(), ordered(), ordered(incident_id=incident)
    ordered('single')
    call('POST', f'{REQUESTS}/{over}/cancel', {'comment': 'не нужно'}, by=dispatcher)
    assert suggested(incident) == [alike]
    assert attached not in suggested(incident)
    elsewhere = make.incident(dispatcher, **{**about, 'building_ids': [house.other_building]}).id
    assert suggested(elsewhere) == []


@pytest.mark.proves('INC-003')
def test_of_a_building_all_services_and_of_a_service_all_buildings_are_suggested(
    house, dispatcher, ordered, suggested, water
):
    plumbing, single = ordered(), ordered('single')
    assert suggested(water) == [single, plumbing]
    everywhere = make.incident(dispatcher, offering_ids=[house.offerings['single']]).id
    assert suggested(everywhere) == [single]
    here = acting(house.crew[0], scope=Scope(frozenset({house.other_building})))
    assert suggested(everywhere, by=here) == []


def test_suggestions_come_page_after_page(house, dispatcher, ordered, suggested, water, do):
    numbers = [ordered() for _ in range(3)]
    assert suggested(query='?limit=2') == numbers[:0:-1]
    page = do('suggestions?limit=2', method='GET').json_body
    rest = do(f'suggestions?limit=2&cursor={page["next_cursor"]}', method='GET').json_body
    assert [line['number'] for line in rest['items']] == numbers[:1]
