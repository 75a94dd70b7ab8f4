"""The deployed template becomes one that runs here, and stays itself in everything else."""

from typing import Any

from infra.local.adaptation import CODE, LEFT_OUT, adapt, code_archive


def template(**resources: Any) -> dict[str, Any]:
    return {'Resources': resources}


def function(**properties: Any) -> dict[str, Any]:
    return {
        'Type': 'AWS::Serverless::Function',
        'Properties': {'Handler': 'app.app', 'Timeout': 29, **properties},
    }


def test_a_function_runs_the_working_tree_under_a_readable_name() -> None:
    adapted = adapt(template(Sweep=function(Runtime='python3.11', Layers=['x'], CodeUri='deployment.zip')))
    properties = adapted['Resources']['Sweep']['Properties']
    assert (properties['Runtime'], properties['CodeUri'], properties['Handler']) == (
        'provided.al2023',
        CODE,
        'app.app',
    )
    assert properties['FunctionName'] == {'Fn::Sub': '${AWS::StackName}-Sweep'}
    assert 'Layers' not in properties


def test_what_serves_http_in_the_cloud_is_left_out_with_everything_that_names_it() -> None:
    source = template(
        RestAPI={'Type': 'AWS::Serverless::Api', 'Properties': {}},
        Sweep=function(
            Environment={
                'Variables': {
                    'API': {'Ref': 'RestAPI'},
                    'URL': {'Fn::Sub': 'https://${RestAPI}.execute-api.${AWS::Region}.amazonaws.com/'},
                    'ARN': {'Fn::GetAtt': ['RestAPI', 'Arn']},
                }
            }
        ),
    )
    source['Resources']['Sweep']['DependsOn'] = ['RestAPI']
    source['Outputs'] = {'Url': {'Value': {'Ref': 'RestAPI'}}, 'Name': {'Value': {'Ref': 'Sweep'}}}
    adapted = adapt(source)
    assert set(adapted['Resources']) == {'Sweep'}
    sweep = adapted['Resources']['Sweep']
    assert sweep['Properties']['Environment']['Variables'] == {
        'API': 'local',
        'URL': {'Fn::Sub': 'https://local.execute-api.${AWS::Region}.amazonaws.com/'},
        'ARN': 'local',
    }
    assert 'DependsOn' not in sweep
    assert set(adapted['Outputs']) == {'Name'}


def test_everything_else_stays_as_it_is_deployed() -> None:
    queue = {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': {'Fn::Sub': '${AWS::StackName}-inbox'}}}
    source = template(Inbox=queue)
    assert adapt(source)['Resources'] == {'Inbox': queue}


def test_the_source_is_not_changed() -> None:
    source = template(Sweep=function(Runtime='python3.11'))
    adapt(source)
    assert source == template(Sweep=function(Runtime='python3.11'))


def test_every_omission_gives_its_reason() -> None:
    assert all(LEFT_OUT.values())


def test_the_archive_is_the_same_every_time() -> None:
    assert code_archive() == code_archive()
