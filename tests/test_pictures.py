"""What a test does to the world is nothing to the next one, though the world is built once in a process."""

import boto3
import pytest

from tests.pictures import once
from tests.world import arn_of, name_of, template


def _of(kind: str) -> list[str]:
    resources = template()['Resources']
    return [logical_id for logical_id in resources if resources[logical_id]['Type'] == kind]


def _rows(table: str) -> list[str]:
    items = boto3.client('dynamodb').scan(TableName=table)['Items']
    return sorted(item['sk']['S'] for item in items)


def _put(table: str, sk: str) -> None:
    boto3.client('dynamodb').put_item(TableName=table, Item={'pk': {'S': 'demo'}, 'sk': {'S': sk}})


@pytest.fixture
def table(world) -> str:
    return name_of(_of('AWS::DynamoDB::Table')[0])


@pytest.mark.parametrize('turn', [1, 2, 3])
def test_every_test_finds_the_tables_empty(turn, world):
    for table in map(name_of, _of('AWS::DynamoDB::Table')):
        assert _rows(table) == []
        _put(table, 'left behind')
        assert _rows(table) == ['left behind']


@pytest.mark.parametrize('turn', [1, 2, 3])
def test_every_test_finds_the_queues_empty_and_the_topics_connected(turn, world):
    sqs, sns = boto3.client('sqs'), boto3.client('sns')
    queues = {
        queue: sqs.get_queue_url(QueueName=name_of(queue))['QueueUrl'] for queue in _of('AWS::SQS::Queue')
    }
    assert len(sqs.list_queues()['QueueUrls']) == len(queues)
    for url in queues.values():
        assert 'Messages' not in sqs.receive_message(QueueUrl=url)
        sqs.send_message(QueueUrl=url, MessageBody='left behind')
    push = {'channel': {'DataType': 'String', 'StringValue': 'push'}}
    sns.publish(TopicArn=arn_of('MessagesTopic'), Message='{}', MessageAttributes=push)
    waiting = sqs.receive_message(QueueUrl=queues['PushQueue'], MaxNumberOfMessages=10)['Messages']
    assert sorted(message['Body'] for message in waiting) == ['left behind', '{}']
    sqs.create_queue(QueueName='one-too-many')
    sns.create_topic(Name='one-too-many')
    sqs.delete_queue(QueueUrl=queues['SmsQueue'])


@pytest.mark.parametrize('turn', [1, 2, 3])
def test_every_test_finds_no_machine_role_or_topic_of_another(turn, world):
    states, sns, events = boto3.client('stepfunctions'), boto3.client('sns'), boto3.client('events')
    assert states.list_state_machines()['stateMachines'] == []
    assert len(sns.list_topics()['Topics']) == len(_of('AWS::SNS::Topic'))
    assert len(events.list_event_buses()['EventBuses']) == 1 + len(_of('AWS::Events::EventBus'))
    trusted = boto3.client('iam').create_role(RoleName='one', AssumeRolePolicyDocument='{}')['Role']['Arn']
    drawing = '{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}'
    states.create_state_machine(name='one', definition=drawing, roleArn=trusted)
    sns.create_topic(Name='one-too-many')
    events.create_event_bus(Name='one-too-many')


_painted: list[str] = []


def _furnish() -> list[str]:
    table = name_of(_of('AWS::DynamoDB::Table')[0])
    _painted.append(table)
    _put(table, 'of the picture')
    return ['kept']


@pytest.mark.parametrize('turn', [1, 2, 3])
def test_what_is_made_once_is_found_as_it_was_made(turn, table):
    kept = once(_furnish)
    assert (kept, _rows(table), len(_painted)) == (['kept'], ['of the picture'], 1)
    kept.append('of one test')
    _put(table, 'of one test')


def test_what_is_made_once_does_not_take_the_place_of_other_rows(table):
    _put(table, 'of the test')
    with pytest.raises(AssertionError, match='rows are stored already'):
        once(_furnish)
