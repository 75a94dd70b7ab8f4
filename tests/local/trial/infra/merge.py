"""The resources of the trial application."""

import json
from pathlib import Path
from typing import Any


def stacked(name: str) -> dict[str, str]:
    return {'Fn::Sub': f'${{AWS::StackName}}-{name}'}


def table(name: str, key: str, **more: Any) -> dict[str, Any]:
    properties = {
        'TableName': stacked(name),
        'BillingMode': 'PAY_PER_REQUEST',
        'KeySchema': [{'AttributeName': key, 'KeyType': 'HASH'}],
        'AttributeDefinitions': [{'AttributeName': key, 'AttributeType': 'S'}],
    }
    return {'Type': 'AWS::DynamoDB::Table', 'Properties': properties | more}


def on(**events: dict[str, Any]) -> dict[str, Any]:
    """Events of a function that Chalice generates."""
    return {'Properties': {'Events': events}}


def arn(name: str) -> dict[str, Any]:
    return {'Fn::GetAtt': [name, 'Arn']}


MACHINE = {
    'StartAt': 'Wait',
    'States': {
        'Wait': {'Type': 'Wait', 'TimestampPath': '$.until', 'Next': 'Step'},
        'Step': {
            'Type': 'Task',
            'Resource': '${StepArn}',
            'Retry': [{'ErrorEquals': ['Nobody'], 'IntervalSeconds': 60}],
            'Catch': [{'ErrorEquals': ['Refused'], 'ResultPath': '$.error', 'Next': 'Tell'}],
            'Next': 'Rest',
        },
        'Rest': {'Type': 'Wait', 'Seconds': 86400, 'Next': 'Tell'},
        'Tell': {
            'Type': 'Task',
            'Resource': 'arn:aws:states:::sqs:sendMessage',
            'Parameters': {'QueueUrl': '${InboxUrl}', 'MessageBody.$': '$'},
            'End': True,
        },
    },
}


def compose() -> dict[str, Any]:
    only_things = json.dumps({'dynamodb': {'NewImage': {'kind': {'S': ['thing']}}}})
    stream = {
        'Stream': {'Fn::GetAtt': ['ThingsTable', 'StreamArn']},
        'StartingPosition': 'LATEST',
        'BatchSize': 10,
        'MaximumRetryAttempts': 1,
        'BisectBatchOnFunctionError': True,
        'FunctionResponseTypes': ['ReportBatchItemFailures'],
        'FilterCriteria': {'Filters': [{'Pattern': only_things}]},
        'DestinationConfig': {'OnFailure': {'Type': 'SQS', 'Destination': arn('Dead')}},
    }
    queue = {'Queue': arn('Inbox'), 'BatchSize': 10, 'FunctionResponseTypes': ['ReportBatchItemFailures']}
    rule = {
        'EventBusName': {'Ref': 'Bus'},
        'Pattern': {'source': ['trial']},
        'RetryPolicy': {'MaximumRetryAttempts': 2},
    }
    listener = on(Written={'Type': 'EventBridgeRule', 'Properties': rule})
    listener['Properties']['DeadLetterQueue'] = {'Type': 'SQS', 'TargetArn': arn('Dead')}
    settings = {
        'STACK': {'Ref': 'AWS::StackName'},
        'THINGS': stacked('things'),
        'NOTES': {'Ref': 'NotesTable'},
        'BUS': {'Ref': 'Bus'},
        'PASSWORD': {'Fn::Sub': '{{resolve:secretsmanager:${Password}}}'},
        'TOPIC': {'Ref': 'Topic'},
        'MAIL_FROM': 'Домовой <noreply@domovoy.example>',
        'PUSH_APPLICATION': {'Ref': 'PushAndroidApplication'},
        'GREETING': {'Ref': 'Greeting'},
    }
    return {
        'Parameters': {
            'PushAndroidApplication': {'Type': 'String', 'Default': ''},
            'Greeting': {'Type': 'String', 'Default': 'hello'},
        },
        'Globals': {'Function': {'Environment': {'Variables': settings}}},
        'Resources': {
            'ThingsTable': table(
                'things', 'name', StreamSpecification={'StreamViewType': 'NEW_AND_OLD_IMAGES'}
            ),
            'NotesTable': table('notes', 'id'),
            'Password': {
                'Type': 'AWS::SecretsManager::Secret',
                'Properties': {'GenerateSecretString': {'PasswordLength': 48, 'ExcludePunctuation': True}},
            },
            'SealKey': {'Type': 'AWS::KMS::Key', 'Properties': {'EnableKeyRotation': True}},
            'SealAlias': {
                'Type': 'AWS::KMS::Alias',
                'Properties': {
                    'AliasName': {'Fn::Sub': 'alias/${AWS::StackName}-seal'},
                    'TargetKeyId': {'Ref': 'SealKey'},
                },
            },
            'Files': {'Type': 'AWS::S3::Bucket', 'Properties': {}},
            'Dead': {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': stacked('dead')}},
            'Inbox': {
                'Type': 'AWS::SQS::Queue',
                'Properties': {'QueueName': stacked('inbox'), 'VisibilityTimeout': 1},
            },
            'Bus': {'Type': 'AWS::Events::EventBus', 'Properties': {'Name': stacked('bus')}},
            'Memory': {'Type': 'AWS::Events::Archive', 'Properties': {'SourceArn': arn('Bus')}},
            'Topic': {'Type': 'AWS::SNS::Topic', 'Properties': {'TopicName': stacked('topic')}},
            'Subscription': {
                'Type': 'AWS::SNS::Subscription',
                'Properties': {
                    'TopicArn': {'Ref': 'Topic'},
                    'Protocol': 'sqs',
                    'Endpoint': arn('Inbox'),
                    'RawMessageDelivery': True,
                    'FilterPolicy': {'kind': ['again', 'loud']},
                },
            },
            'Machine': {
                'Type': 'AWS::Serverless::StateMachine',
                'Properties': {
                    'Name': stacked('machine'),
                    'Definition': MACHINE,
                    'DefinitionSubstitutions': {'StepArn': arn('Step'), 'InboxUrl': {'Ref': 'Inbox'}},
                    'Role': arn('StepRole'),
                },
            },
            'FanOut': on(Things={'Type': 'DynamoDB', 'Properties': stream}),
            'Consume': on(Inbox={'Type': 'SQS', 'Properties': queue}),
            'OnWritten': listener,
        },
    }


def write(path: Path | str) -> None:
    Path(path).write_text(json.dumps(compose()))
