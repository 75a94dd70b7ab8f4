"""The stack is deployed: the adapted template is what runs."""

import json
from collections.abc import Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from infra.local.adaptation import CODE, code_archive
from infra.local.children import LOOPBACK
from infra.local.engine import DUMMY_CREDENTIALS, REGION

STACK = 'domovoy'
API_FUNCTION = 'APIHandler'
Template = dict[str, Any]

PUSH = f'arn:aws:sns:{REGION}:{DUMMY_CREDENTIALS["AWS_ACCESS_KEY_ID"]}:app'

# What an operator gives when deploying into an account; used where the template declares the parameter.
PARAMETERS = {
    'PushAndroidApplication': f'{PUSH}/GCM/{STACK}',
    'PushIosApplication': f'{PUSH}/APNS_SANDBOX/{STACK}',
    'YooKassaAddresses': LOOPBACK,
}


class DeploymentFailed(RuntimeError):
    """CloudFormation refused or rolled back; the message carries its reasons."""


class Cloud:
    """boto3 clients of the local endpoint."""

    def __init__(self, url: str, engine_url: str = '') -> None:
        self.url, self._engine_url = url, engine_url
        self._session = boto3.Session(
            aws_access_key_id=DUMMY_CREDENTIALS['AWS_ACCESS_KEY_ID'],
            aws_secret_access_key=DUMMY_CREDENTIALS['AWS_SECRET_ACCESS_KEY'],
            region_name=REGION,
        )

    def client(self, service: str, **options: Any) -> Any:
        """A client of `service`; DynamoDB and its streams are the engine's, where there is one."""
        url = self._engine_url if service.startswith('dynamodb') and self._engine_url else self.url
        config = Config(
            parameter_validation=not service.startswith('dynamodb'),
            retries={'max_attempts': 0},
            read_timeout=120,
            max_pool_connections=32,
            s3={'addressing_style': 'path'},
        )
        connect: Any = self._session.client  # the overloads of its stubs know literal names only
        return connect(service, endpoint_url=url, config=config, **options)


def deploy(
    cloud: Cloud, template: Template, parameters: Mapping[str, str] | None = None, name: str = STACK
) -> None:
    """The stack `name` is what `template` says. Raises DeploymentFailed with the reasons.

    A parameter that the template does not declare is an error, except for those of `PARAMETERS`.
    """
    declared = template.get('Parameters', {})
    given = {key: value for key, value in PARAMETERS.items() if key in declared} | dict(parameters or {})
    if strange := sorted(given.keys() - declared):
        raise DeploymentFailed(f'the template declares no parameter {", ".join(strange)}')
    s3 = cloud.client('s3')
    if all(bucket['Name'] != CODE['Bucket'] for bucket in s3.list_buckets()['Buckets']):
        s3.create_bucket(Bucket=CODE['Bucket'], CreateBucketConfiguration={'LocationConstraint': REGION})
    s3.put_object(**CODE, Body=code_archive())
    formation = cloud.client('cloudformation')
    # The template goes by way of S3: given inline it may be 51,200 characters long at most.
    key = 'template.json'
    s3.put_object(Bucket=CODE['Bucket'], Key=key, Body=json.dumps(template, default=str).encode())
    arguments = {
        'StackName': name,
        'TemplateURL': f'{cloud.url}/{CODE["Bucket"]}/{key}',
        'Parameters': [{'ParameterKey': key, 'ParameterValue': value} for key, value in given.items()],
        'Capabilities': ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    }
    try:
        formation.create_stack(**arguments)
        done = 'stack_create_complete'
    except ClientError as error:
        if error.response['Error']['Code'] != 'AlreadyExistsException':
            raise DeploymentFailed(str(error)) from error
        try:
            formation.update_stack(**arguments)
        except ClientError as refusal:
            if 'No updates' in str(refusal):
                return
            raise DeploymentFailed(str(refusal)) from refusal
        done = 'stack_update_complete'
    try:
        formation.get_waiter(done).wait(StackName=name, WaiterConfig={'Delay': 0.05, 'MaxAttempts': 1200})
    except WaiterError as error:
        raise DeploymentFailed(_reasons(formation, name)) from error


def _reasons(formation: Any, name: str) -> str:
    events = formation.describe_stack_events(StackName=name)['StackEvents']
    failed = [
        f'{event["LogicalResourceId"]} ({event["ResourceType"]}): {event.get("ResourceStatusReason", "")}'
        for event in reversed(events)
        if event['ResourceStatus'].endswith('FAILED')
    ]
    return f'the stack {name} was not deployed:\n' + '\n'.join(failed or ['no reason was given'])


def physical_names(cloud: Cloud, name: str = STACK) -> dict[str, str]:
    """Logical id → the name a resource was given."""
    pages = cloud.client('cloudformation').get_paginator('list_stack_resources').paginate(StackName=name)
    return {
        resource['LogicalResourceId']: resource['PhysicalResourceId']
        for page in pages
        for resource in page['StackResourceSummaries']
        if 'PhysicalResourceId' in resource
    }


def function_environment(cloud: Cloud, function: str) -> dict[str, str]:
    """The settings a deployed function runs with, intrinsics resolved."""
    found = cloud.client('lambda').get_function_configuration(FunctionName=function)
    variables: dict[str, str] = found.get('Environment', {}).get('Variables', {})
    return variables


def scheduled_functions(cloud: Cloud) -> list[tuple[str, dict[str, Any]]]:
    """Each function on a clock, with the event its rule hands to it."""
    events = cloud.client('events')
    found = []
    for rule in (rule for page in events.get_paginator('list_rules').paginate() for rule in page['Rules']):
        if not rule.get('ScheduleExpression') or rule.get('State') == 'DISABLED':
            continue
        for target in events.list_targets_by_rule(Rule=rule['Name'])['Targets']:
            if ':lambda:' in target['Arn']:
                found.append((target['Arn'], _tick(rule['Arn'], target.get('Input'))))
    return found


def _tick(rule_arn: str, fixed_input: str | None) -> dict[str, Any]:
    if fixed_input:
        given: dict[str, Any] = json.loads(fixed_input)
        return given
    return {
        'version': '0',
        'id': 'local-clock',
        'detail-type': 'Scheduled Event',
        'source': 'aws.events',
        'account': DUMMY_CREDENTIALS['AWS_ACCESS_KEY_ID'],
        'time': '2026-01-01T00:00:00Z',
        'region': REGION,
        'resources': [rule_arn],
        'detail': {},
    }
