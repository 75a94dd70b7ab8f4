"""The smallest application with one of each door: what the tests of the runtime deploy."""

import json
import os
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from chalice import Chalice
from chalice.app import CloudWatchEvent

app = Chalice(app_name='trial')


class Refused(Exception):
    """A refusal that a machine catches by name."""


def note(what: str, told: Any) -> None:
    """The notes say that `what` has happened."""
    item = {'id': {'S': uuid.uuid4().hex}, 'what': {'S': what}, 'told': {'S': json.dumps(told)}}
    boto3.client('dynamodb').put_item(TableName=os.environ['NOTES'], Item=item)


@app.route('/things/{name}', methods=['PUT'])
def write(name: str) -> dict[str, str]:
    item = {'name': {'S': name}, 'kind': {'S': 'thing'}}
    boto3.client('dynamodb').put_item(TableName=os.environ['THINGS'], Item=item)
    return {'name': name}


@app.route('/notes/{what}')
def notes(what: str) -> list[Any]:
    rows = boto3.client('dynamodb').scan(TableName=os.environ['NOTES'], ConsistentRead=True)['Items']
    return [json.loads(row['told']['S']) for row in rows if row['what']['S'] == what]


@app.route('/now')
def now() -> dict[str, str]:
    offset = json.loads(Path(os.environ['DOMOVOY_CLOCK_FILE']).read_text())['offset_seconds']
    return {'now': (datetime.now(UTC) + timedelta(seconds=offset)).isoformat(), 'stack': os.environ['STACK']}


@app.lambda_function(name='fan_out')
def fan_out(event: dict[str, Any], context: Any) -> dict[str, Any]:
    failed = []
    for record in event['Records']:
        name = record['dynamodb']['NewImage']['name']['S']
        if name.startswith('poison'):
            failed.append({'itemIdentifier': record['dynamodb']['SequenceNumber']})
            continue
        note('stream', {'name': name, 'function': context.function_name, 'process': os.getpid()})
        detail = json.dumps({'name': name})
        bus = os.environ['BUS']
        entry = {'Source': 'trial', 'DetailType': 'Written', 'Detail': detail, 'EventBusName': bus}
        boto3.client('events').put_events(Entries=[entry])
        kind = {'kind': {'DataType': 'String', 'StringValue': name}}
        boto3.client('sns').publish(TopicArn=os.environ['TOPIC'], Message=detail, MessageAttributes=kind)
    return {'batchItemFailures': failed}


@app.lambda_function(name='on_written')
def on_written(event: dict[str, Any], context: Any) -> None:
    name = event['detail']['name']
    note('bus', name)
    if name == 'broken':
        raise ValueError('the listener is broken')


@app.lambda_function(name='consume')
def consume(event: dict[str, Any], context: Any) -> dict[str, Any]:
    failed = []
    for record in event['Records']:
        note('queue', json.loads(record['body']))
        if 'again' in record['body'] and record['attributes']['ApproximateReceiveCount'] == '1':
            failed.append({'itemIdentifier': record['messageId']})
    return {'batchItemFailures': failed}


@app.lambda_function(name='step')
def step(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if event.get('refuse'):
        raise Refused('as told')
    return {**event, 'stepped': True}


@app.schedule('rate(1 minute)')
def sweep(event: CloudWatchEvent) -> None:
    note('sweep', event.source)
