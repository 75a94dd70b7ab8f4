"""Runs the drawings of state machines on moto, with the steps of our own blueprints as their hands."""

import json
import re
import time
from types import ModuleType
from typing import Any

import boto3
from chalice.app import BaseLambdaHandler
from chalice.utils import to_cfn_resource_name
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.stepfunctions.parser.utils import TMP_THREADS

from tests.world import resolve, template

PATIENCE_SECONDS = 60


class Machines:
    """The machines of the template, deployed; `run` one and see what became of it."""

    def __init__(self, monkeypatch: Any, house: str, *steps: ModuleType) -> None:
        self._hands: dict[str, Any] = {}
        self._threads_before = len(TMP_THREADS)
        for module in steps:
            for name, hand in vars(module).items():
                if isinstance(hand, BaseLambdaHandler):
                    self._hands[to_cfn_resource_name(f'{house}_{name}')] = hand
        monkeypatch.setattr(LambdaSimpleBackend, 'invoke', self._invoke)
        self._states = boto3.client('stepfunctions')
        role = boto3.client('iam').create_role(RoleName='machines', AssumeRolePolicyDocument='{}')['Role'][
            'Arn'
        ]
        self._arns = {}
        for logical_id, resource in template()['Resources'].items():
            if resource['Type'] != 'AWS::Serverless::StateMachine':
                continue
            properties = resource['Properties']
            name = str(resolve(properties['Name']))
            made = self._states.create_state_machine(
                name=name, definition=self._drawing(properties), roleArn=role
            )
            self._arns[logical_id] = made['stateMachineArn']

    def run(self, machine: str, state: dict[str, Any], name: str = 'one') -> tuple[str, list[str]]:
        """How the execution ended, and the states it went through."""
        arn = self._states.start_execution(
            stateMachineArn=self._arns[machine], name=name, input=json.dumps(state)
        )['executionArn']
        return self.outcome(arn)

    def outcome(self, arn: str) -> tuple[str, list[str]]:
        """How the execution ended, waited for, and the states it went through."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (status := self._states.describe_execution(executionArn=arn)['status']) == 'RUNNING':
            assert time.monotonic() < deadline, 'the machine does not end'
            self.gives_way()
        events = self._states.get_execution_history(executionArn=arn, maxResults=1000)['events']
        entered = [
            event['stateEnteredEventDetails']['name']
            for event in events
            if 'stateEnteredEventDetails' in event
        ]
        return status, entered

    def gives_way(self) -> None:
        """The machines have had a moment; asking without one would leave their threads no time."""
        for thread in TMP_THREADS[self._threads_before :]:
            thread.join(0.05)

    def executions(self, machine: str) -> list[str]:
        """The names of the machine's executions."""
        found = self._states.list_executions(stateMachineArn=self._arns[machine])['executions']
        return sorted(execution['name'] for execution in found)

    def arn_of(self, machine: str, name: str) -> str:
        """The execution of that name."""
        return self._arns[machine].replace(':stateMachine:', ':execution:') + f':{name}'

    @staticmethod
    def _drawing(properties: dict[str, Any]) -> str:
        filled = {}
        for name, value in properties['DefinitionSubstitutions'].items():
            target, attribute = value.get('Fn::GetAtt', (None, None))
            is_hand = attribute == 'Arn' and name.endswith('Arn') and not target.endswith('Queue')
            filled[name] = (
                f'arn:aws:lambda:eu-central-1:123456789012:function:{target}' if is_hand else resolve(value)
            )
        definition = json.loads(json.dumps(properties['Definition']))
        for state in definition['States'].values():
            for retry in state.get('Retry', []):
                # Back-off is real time in moto: tests see that it is tried again, not for how long it waits.
                if retry['MaxAttempts']:
                    retry.update({'IntervalSeconds': 1, 'MaxAttempts': 1, 'BackoffRate': 1})
                retry.pop('JitterStrategy', None)
                retry.pop('MaxDelaySeconds', None)
        return re.sub(r'\$\{(\w+)\}', lambda match: filled[match[1]], json.dumps(definition))

    def _invoke(self, function_name: str, qualifier: Any = None, body: Any = None, headers: Any = None,
                response_headers: Any = None, **_: Any) -> str:  # fmt: skip
        hand = self._hands[function_name.rpartition(':')[2]]
        try:
            return json.dumps(hand(json.loads(body or '{}'), None))
        except Exception as error:
            response_headers['x-amz-function-error'] = 'Unhandled'
            return json.dumps({'errorType': type(error).__name__, 'errorMessage': str(error)})
