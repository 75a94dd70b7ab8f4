"""Counters are compared with the requests, and made anew where they are wrong, while work goes on."""

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.figures import repository, service
from chalicelib.figures.repository import FigureRow
from chalicelib.kit import dynamo
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Step
from infra import ops
from tests.figures.conftest import bus
from tests.figures.test_routes import order


def operate(monkeypatch, command):
    monkeypatch.setattr('sys.argv', ['ops', command, '--organisation', 'demo'])
    return ops.main()


@pytest.fixture
def counted(house, time):
    """Three requests that are counted, by their numbers."""
    numbers = [order(house) for _ in range(3)]
    bus()
    assert service.check('demo') == []
    return numbers


def damage(amount=5):
    row = next(row for row in FigureRow.scan() if row.sk.startswith('now#*'))
    row.update([FigureRow.waiting.add(amount)])


def test_a_damaged_counter_is_named_with_what_it_should_say(counted):
    damage()
    [wrong] = service.check('demo')
    assert (wrong.cell.measure, wrong.counted, wrong.true) == ('waiting', 8, 3)


def test_an_operator_checks_and_recounts(counted, monkeypatch, capsys):
    assert operate(monkeypatch, 'reindex') == 0
    damage()
    assert operate(monkeypatch, 'check') == 1
    assert 'waiting: says 8, should say 3' in capsys.readouterr().out
    assert operate(monkeypatch, 'recount') == 0
    assert operate(monkeypatch, 'check') == 0
    assert '0 differences' in capsys.readouterr().out


def test_a_name_that_no_organisation_has_is_not_found_in_order(counted, monkeypatch, capsys):
    for command in ('check', 'reindex', 'recount'):
        monkeypatch.setattr('sys.argv', ['ops', command, '--organisation', 'demos'])
        assert ops.main() == 2
        told = capsys.readouterr()
        assert (told.out, told.err) == ('', 'there is no organisation demos in test\n')


def test_tables_that_cannot_be_read_are_told_of_in_a_line(counted, monkeypatch, capsys):
    def away(*reads):
        raise EndpointConnectionError(endpoint_url='http://tables')

    monkeypatch.setattr(dynamo, 'find', away)
    assert operate(monkeypatch, 'check') == 2
    told = 'the tables of test cannot be read: Could not connect to the endpoint URL: "http://tables"\n'
    assert capsys.readouterr().err == told


def test_a_request_nobody_counted_is_a_difference_until_it_is_counted(house, counted):
    order(house)
    assert service.check('demo') != []
    bus()
    assert service.check('demo') == []


def test_recounting_makes_damaged_counters_right(counted, read):
    damage()
    assert list(service.recount('demo')) == counted
    assert service.check('demo') == []
    assert read()['now']['total'] == 3


def test_what_happens_during_a_recounting_is_counted_in_both(house, counted, read):
    walk = service.recount('demo')
    next(walk)
    requests.cancel(counted[0], Step(comment='не нужно'), by=house.dispatcher)
    fresh = order(house)
    bus()
    assert read()['now']['statuses']['cancelled'] == 1
    assert list(walk) == [*counted[1:], fresh]
    assert service.check('demo') == []
    assert read()['now']['total'] == 4


def test_a_recounting_that_stopped_is_gone_on_with_and_what_is_old_is_removed(counted):
    next(service.recount('demo'))
    building = repository.generations('demo').building
    for _ in range(3):
        list(service.recount('demo'))
    assert repository.generations('demo').standing > building
    assert service.check('demo') == []
    kept = {row.pk.split('#')[1] for row in FigureRow.scan() if row.pk != 'demo'}
    assert len(kept) == 2
