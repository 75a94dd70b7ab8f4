"""What houses above ask of clients: who may be known of, who there is, what was announced of him."""

import pytest

from chalicelib.clients import service
from chalicelib.clients.model import ClientChanges, ClientNotFound
from chalicelib.clients.service import people
from tests.clients.desk import told
from tests.make import clients as make

pytestmark = pytest.mark.usefixtures('world', 'time')


def test_a_client_is_seen_by_who_may_know_of_him_and_his_documents_by_nobody():
    client = make.client(inn='500100732259')
    seen = service.seen(client.id, by=make.caller(places=()))
    assert (seen.id, seen.inn) == (client.id, '••••2259')
    home = make.tenure(client_id=client.id)
    assert service.seen(client.id, by=make.caller(places=[home.building_id])).id == client.id
    for stranger in (make.caller(places=()), make.caller('other')):
        with pytest.raises(ClientNotFound):
            service.seen(client.id, by=stranger)


def test_everybody_is_met_once_though_somebody_is_renamed_meanwhile():
    ids = [make.client(surname=f'Б{number:03d}').id for number in range(102)]
    walk = service.everybody('demo')
    met = [next(walk)]
    people.change(ids[-1], ClientChanges(surname='А'), by=make.caller())
    met += walk
    assert sorted(met) == sorted(ids)
    assert list(service.everybody('other')) == []


def test_what_was_announced_of_a_client_is_told_anew_newest_first():
    client = make.client()
    for note in range(101):
        people.change(client.id, ClientChanges(note=f'{note}'), by=make.caller())
    anew = [delivered.model_dump(mode='json') for delivered in service.retold('demo', client.id)]
    assert len(anew) == 102
    assert anew[::-1] == told(client.id)
