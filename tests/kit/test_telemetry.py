"""What a figure looks like to CloudWatch."""

import json

import pytest

from chalicelib.kit import telemetry


@pytest.mark.parametrize(
    'dimensions, sets', [({}, [[]]), ({'door': 'open', 'audience': 'staff'}, [['audience', 'door'], []])]
)
def test_a_figure_is_counted_by_its_dimensions_and_as_a_whole(dimensions, sets, capsys, monkeypatch):
    monkeypatch.setenv('METRICS', 'on')
    telemetry.count('DoorFaults', **dimensions)
    line = json.loads(capsys.readouterr().out)
    [metric] = line['_aws']['CloudWatchMetrics']
    assert metric['Dimensions'] == sets
    assert {name: line[name] for name in dimensions} == dimensions
    assert (metric['Namespace'], line['DoorFaults']) == ('Domovoy', 1)
