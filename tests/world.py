"""Builds on moto what the templates of `infra/` declare: tables, bus, topics, queues and subscriptions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from moto import mock_aws

from infra.merge import compose
from tests.pictures import ACCOUNT, EVERYTHING, REGION, Picture

STACK = 'test'


@cache
def template() -> dict[str, Any]:
    """The merged template of all houses."""
    return compose()


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of the resources of a kind, by their logical ids."""
    every = template()['Resources']
    return {name: one.get('Properties', {}) for name, one in every.items() if one.get('Type') == kind}


def resolve(value: Any) -> Any:
    """The value with the intrinsics that our templates use worked out as moto will name things."""
    if isinstance(value, list):
        return [resolve(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(function, argument)] = value.items()
        if function == 'Ref':
            return _reference(argument)
        if function == 'Fn::Sub':
            return _substituted(argument)
        if function == 'Fn::GetAtt':
            return _attribute(*argument)
    return {key: resolve(entry) for key, entry in value.items()}


def environment() -> dict[str, str]:
    """The settings our templates give to every function."""
    variables = template()['Globals']['Function']['Environment']['Variables']
    return {name: str(resolve(value)) for name, value in variables.items()}


def name_of(logical_id: str) -> str:
    """The physical name of a resource: what its template says, or its logical id."""
    resource = template()['Resources'][logical_id]
    properties = resource.get('Properties', {})
    if resource['Type'] == 'AWS::S3::Bucket':
        return f'{STACK}-{logical_id.lower()}'
    for key in ('TableName', 'QueueName', 'TopicName', 'Name'):
        if key in properties:
            return str(resolve(properties[key]))
    return logical_id


def arn_of(logical_id: str) -> str:
    """The ARN moto will give to a queue, topic, bus or table."""
    kind = template()['Resources'][logical_id]['Type']
    service, prefix = {
        'AWS::SQS::Queue': ('sqs', ''),
        'AWS::SNS::Topic': ('sns', ''),
        'AWS::Events::EventBus': ('events', 'event-bus/'),
        'AWS::DynamoDB::Table': ('dynamodb', 'table/'),
    }[kind]
    return f'arn:aws:{service}:{REGION}:{ACCOUNT}:{prefix}{name_of(logical_id)}'


def build_tables(dynamodb: Any, *, with_streams: bool = True) -> None:
    """The tables of the template exist and are empty wherever the client leads."""
    known = ('TableName', 'BillingMode', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes',
             'StreamSpecification')  # fmt: skip
    for resource in template()['Resources'].values():
        if resource.get('Type') != 'AWS::DynamoDB::Table':
            continue
        table = resource['Properties']
        properties = {key: resolve(table[key]) for key in known if key in table}
        stream = properties.pop('StreamSpecification', None)
        if stream and with_streams:
            properties['StreamSpecification'] = {**stream, 'StreamEnabled': True}
        dynamodb.create_table(**properties)


def build_buckets(s3: Any) -> None:
    """The buckets of the template exist and are empty: for tests of files, others need not pay for them."""
    for logical_id, resource in template()['Resources'].items():
        if resource.get('Type') == 'AWS::S3::Bucket':
            where = {'LocationConstraint': REGION}
            s3.create_bucket(Bucket=name_of(logical_id), CreateBucketConfiguration=where)


def build(session: boto3.Session) -> None:
    """The tables, buses, queues, topics and subscriptions of the template exist and are empty."""
    resources = template()['Resources']

    def of(kind: str) -> dict[str, dict[str, Any]]:
        return {i: r.get('Properties', {}) for i, r in resources.items() if r.get('Type') == kind}

    sqs, sns = session.client('sqs'), session.client('sns')
    build_tables(session.client('dynamodb'))
    for logical_id in of('AWS::Events::EventBus'):
        session.client('events').create_event_bus(Name=name_of(logical_id))
    for logical_id in of('AWS::SQS::Queue'):
        sqs.create_queue(QueueName=name_of(logical_id))
    for logical_id in of('AWS::SNS::Topic'):
        sns.create_topic(Name=name_of(logical_id))
    for subscription in of('AWS::SNS::Subscription').values():
        attributes = {'RawMessageDelivery': str(subscription.get('RawMessageDelivery', False)).lower()}
        if 'FilterPolicy' in subscription:
            attributes['FilterPolicy'] = json.dumps(subscription['FilterPolicy'])
        sns.subscribe(
            TopicArn=resolve(subscription['TopicArn']),
            Protocol=subscription['Protocol'],
            Endpoint=resolve(subscription['Endpoint']),
            Attributes=attributes,
        )


@contextmanager
def deployed() -> Iterator[None]:
    """Inside the block moto's AWS stands, with an empty deployment on it."""
    how = {
        'core': {'reset_boto3_session': False},  # a session reads the models of its services anew
        'lambda': {'use_docker': False},
        'stepfunctions': {'execute_state_machine': True},
    }
    with mock_aws(config=how):
        _empty().restore()
        yield


@cache
def _empty() -> Picture:
    build(boto3.Session(region_name=REGION))
    return Picture(*EVERYTHING)


def _reference(name: str) -> str:
    pseudo = {'AWS::StackName': STACK, 'AWS::Region': REGION, 'AWS::AccountId': ACCOUNT}
    if name in pseudo:
        return pseudo[name]
    resource = template()['Resources'].get(name)
    if resource is None:
        return str(template()['Parameters'][name]['Default'])
    if resource['Type'] == 'AWS::SQS::Queue':
        return f'https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name_of(name)}'
    if resource['Type'] == 'AWS::SNS::Topic':
        return arn_of(name)
    return name_of(name)


def _substituted(text: Any) -> str:
    pattern, values = (text, {}) if isinstance(text, str) else text
    for name in {part.split('}')[0] for part in pattern.split('${')[1:]}:
        if name in values:
            value = resolve(values[name])
        elif '.' in name:
            value = _attribute(*name.split('.', 1))
        else:
            value = _reference(name)
        pattern = pattern.replace('${' + name + '}', value)
    return str(pattern)


def _attribute(logical_id: str, attribute: str) -> str:
    if attribute == 'Arn':
        return arn_of(logical_id)
    if attribute in ('QueueName', 'TopicName', 'Name'):
        return name_of(logical_id)
    return f'{logical_id}.{attribute}'
