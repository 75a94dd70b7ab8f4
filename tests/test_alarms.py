"""Somebody hears of what fails: queues, their dead letters, and alarms that look at what is counted."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from tests import house
from tests.world import resources


def test_every_queue_gives_up_into_dead_letters_that_alarm():
    queues = resources('AWS::SQS::Queue')
    last = set()
    for name, queue in queues.items():
        policy = queue.get('RedrivePolicy')
        if policy is None:
            last.add(name)
        else:
            assert policy['deadLetterTargetArn']['Fn::GetAtt'][0] in queues, name
    watched = {
        dimension['Value']['Fn::GetAtt'][0]
        for alarm in resources('AWS::CloudWatch::Alarm').values()
        for dimension in alarm.get('Dimensions', ())
        if dimension['Name'] == 'QueueName'
    }
    assert sorted(last - watched) == []


def test_every_alarm_is_brought_to_whoever_hears_of_alarms():
    topic, key = resources('AWS::SNS::Topic')['AlarmsTopic'], resources('AWS::KMS::Key')['AlarmsKey']
    assert topic['KmsMasterKeyId'] == {'Ref': 'AlarmsKey'}
    [of_alarms] = [s for s in key['KeyPolicy']['Statement'] if 'Service' in s['Principal']]
    assert of_alarms['Principal'] == {'Service': 'cloudwatch.amazonaws.com'}
    assert set(of_alarms['Action']) == {'kms:Decrypt', 'kms:GenerateDataKey*'}
    assert resources('AWS::SNS::Subscription')['AlarmsSubscription']['TopicArn'] == {'Ref': 'AlarmsTopic'}
    for name, alarm in resources('AWS::CloudWatch::Alarm').items():
        assert alarm['AlarmActions'] == [{'Ref': 'AlarmsTopic'}], name


def counted(code: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each metric that the module counts, with the names of its dimensions; `` where a variable names it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == 'telemetry.count':
            name = node.args[0].value if isinstance(node.args[0], ast.Constant) else ''
            yield str(name), tuple(sorted(str(one.arg) for one in node.keywords))


def test_every_alarm_looks_at_a_metric_that_is_counted_so():
    known: set[tuple[str, tuple[str, ...]]] = set()
    for code in (path.read_text() for path in house.CODE.glob('**/*.py')):
        for metric, dimensions in counted(code):
            for name in [metric] if metric else re.findall(r"'(\w+)'", code):
                known |= {(name, dimensions), (name, ())}
    watched = set()
    for alarm in resources('AWS::CloudWatch::Alarm').values():
        if alarm['Namespace'] == 'Domovoy':
            dimensions = tuple(sorted(one['Name'] for one in alarm.get('Dimensions', ())))
            watched.add((alarm['MetricName'], dimensions))
    assert {name for name, _ in watched} >= {'DoorFaults', 'HandlerFaults', 'SweepFaults', 'SweepBehind'}
    assert sorted(watched - known) == []


def test_every_rule_may_send_to_its_queue_and_to_its_dead_letters():
    permitted = set()
    for policy in resources('AWS::SQS::QueuePolicy').values():
        queues = {queue['Ref'] for queue in policy['Queues']}
        for statement in policy['PolicyDocument']['Statement']:
            of_statement = {arn['Fn::GetAtt'][0] for arn in listed(statement['Resource'])}
            rules = [arn for arn in listed(statement['Condition']['ArnEquals']['aws:SourceArn'])]
            for rule in (arn['Fn::GetAtt'][0] for arn in rules if 'Fn::GetAtt' in arn):
                permitted |= {(rule, queue) for queue in queues & of_statement}
    for name, rule in resources('AWS::Events::Rule').items():
        for target in rule['Targets']:
            for arn in (target['Arn'], target['DeadLetterConfig']['Arn']):
                assert (name, arn['Fn::GetAtt'][0]) in permitted, name


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
