"""What is deployed agrees with the code: functions, samples, tables, machines, template, description."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from chalicelib.kit import outbox
from chalicelib.kit.dynamo import Row
from chalicelib.kit.errors import DomainError
from chalicelib.kit.openapi import document
from chalicelib.kit.operations import Operation, operations
from infra import compact
from tests import house, packaging, world

EVENT_ROWS = '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"event#"}]}}}}'
QUEUE_TASK = 'arn:aws:states:::sqs:sendMessage'
WAITING_TASK = 'arn:aws:states:::lambda:invoke.waitForTaskToken'


def test_every_lambda_stands_alone():
    functions = defaultdict(list)
    for one in house.lambdas():
        module, function = one.handler.rsplit('.', 1)
        functions[module].append(function)

    def alone(module: str) -> str:
        code = (
            f'import sys, {module} as module\n'
            f'assert all(callable(getattr(module, name)) for name in {functions[module]!r})\n'
            'assert "app" not in sys.modules, "imports the application"'
        )
        run = subprocess.run([sys.executable, '-c', code], cwd=house.ROOT, capture_output=True, text=True)
        return run.stderr

    assert functions
    with ThreadPoolExecutor(2) as pool:
        failures = dict(zip(functions, pool.map(alone, functions), strict=True))
    assert {module: told for module, told in failures.items() if told} == {}


def test_every_lambda_has_a_sample_of_its_payload_and_every_sample_a_lambda():
    samples = {one.sample for one in house.lambdas()}
    kept = set((house.ROOT / 'events').glob('*/in/*.json'))
    differing = sorted(house.shown(path) for path in samples ^ kept)
    assert not differing, '\n'.join(differing)
    for path in kept:
        assert isinstance(json.loads(path.read_text()), dict), path


def test_no_function_of_the_templates_is_unknown_to_the_code():
    functions = {one.logical_id for one in house.lambdas()} | {'APIHandler'}
    assert sorted(set(world.resources('AWS::Serverless::Function')) - functions) == []


Keys = tuple[tuple[str, str], ...]


def declared(schema: list[dict[str, str]], types: dict[str, str]) -> Keys:
    return tuple((key['AttributeName'], types[key['AttributeName']]) for key in schema)


def of_row(attributes: Any) -> Keys:
    keys = [a for a in attributes if a.is_hash_key or a.is_range_key]
    return tuple((a.attr_name, a.attr_type) for a in sorted(keys, key=lambda a: not a.is_hash_key))


def projected(kind: str, attributes: Any) -> tuple[str, tuple[str, ...]]:
    return kind, tuple(sorted(attributes or ()))


def tables_of_the_code() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in house.below(Row):
        if not hasattr(row, 'Meta'):
            continue  # what rows of several tables have in common
        table = found[row.Meta.table_name]
        table[''] = of_row(row.get_attributes().values())
        for name, index in row._indexes.items():
            projection = index.Meta.projection
            attributes = getattr(projection, 'non_key_attributes', None)
            table[name] = (
                of_row(index.Meta.attributes.values()),
                projected(projection.projection_type, attributes),
            )
    return dict(found)


def tables_of_the_templates() -> dict[str, dict[str, Any]]:
    found = {}
    for logical_id, table in world.resources('AWS::DynamoDB::Table').items():
        types = {a['AttributeName']: a['AttributeType'] for a in table['AttributeDefinitions']}
        shape: dict[str, Any] = {'': declared(table['KeySchema'], types)}
        for index in table.get('GlobalSecondaryIndexes', ()):
            projection = index['Projection']
            shape[index['IndexName']] = (
                declared(index['KeySchema'], types),
                projected(projection['ProjectionType'], projection.get('NonKeyAttributes')),
            )
        found[world.name_of(logical_id)] = shape
    return found


def test_the_tables_of_the_templates_are_those_of_the_code():
    code, templates = tables_of_the_code(), tables_of_the_templates()
    assert sorted(code) == sorted(templates)
    for table, shape in code.items():
        assert templates[table] == shape, table


def test_every_table_is_encrypted_forgets_by_ttl_and_can_be_restored():
    for name, table in world.resources('AWS::DynamoDB::Table').items():
        assert table['SSESpecification'] == {'SSEEnabled': True}, name
        assert table['TimeToLiveSpecification'] == {'AttributeName': 'ttl', 'Enabled': True}, name
        is_restorable = table.get('PointInTimeRecoverySpecification', {}).get('PointInTimeRecoveryEnabled')
        assert is_restorable or name == 'AnswersTable', name


def test_the_events_of_every_house_that_announces_reach_the_bus():
    streams = world.template()['Resources']['OutboxForward']['Properties']['Events'].values()
    forwarded = {}
    for stream in streams:
        properties = stream['Properties']
        assert properties['FilterCriteria'] == {'Filters': [{'Pattern': EVENT_ROWS}]}
        assert properties['FunctionResponseTypes'] == ['ReportBatchItemFailures']
        assert properties['DestinationConfig']['OnFailure']
        forwarded[world.name_of(properties['Stream']['Fn::GetAtt'][0])] = stream
    announcing = {kind.source for kind in house.below(outbox.Event) if kind.source}
    assert sorted(forwarded) == sorted(f'{world.STACK}-{source}' for source in announcing)


DRAWINGS = sorted(house.CODE.glob('*/*.asl.json'))


def states(node: dict[str, Any]) -> Any:
    for name, state in node.get('States', {}).items():
        yield name, state
        yield from states(state)
    inner = [*node.get('Branches', ()), *(node[k] for k in ('ItemProcessor', 'Iterator') if k in node)]
    for branch in inner:
        yield from states(branch)


@pytest.mark.parametrize('drawing', DRAWINGS, ids=lambda path: path.name.removesuffix('.asl.json'))
def test_a_machine_is_deployed_as_it_is_drawn_and_moves_only_hands_of_ours(drawing):
    drawn = json.loads(drawing.read_text())
    machines = world.resources('AWS::Serverless::StateMachine').values()
    [machine] = [one for one in machines if one.get('Definition') == drawn]
    given = machine.get('DefinitionSubstitutions', {})
    assert set(re.findall(r'\$\{(\w+)\}', drawing.read_text())) == set(given)
    functions = {f'{one.logical_id}Arn': one.logical_id for one in house.lambdas()}
    errors_of_ours = {kind.__name__ for kind in house.below(DomainError)}
    for name, state in states(drawn):
        if state['Type'] == 'Task' and state['Resource'] != QUEUE_TASK:
            waits = state['Resource'] == WAITING_TASK
            named = state['Parameters']['FunctionName'] if waits else state['Resource']
            hand = named.removeprefix('${').removesuffix('}')
            assert hand in functions, f'{name}: {state["Resource"]}'
            assert given[hand] == {'Fn::GetAtt': [functions[hand], 'Arn']}, name
        for rule in [*state.get('Retry', ()), *state.get('Catch', ())]:
            for error in rule['ErrorEquals']:
                assert error in errors_of_ours or error.startswith(('States.', 'Lambda.')), f'{name}: {error}'


def test_the_template_of_the_deployment_has_no_errors():
    assert packaging.lint(packaging.template()) == ''


def test_the_template_is_deployed_without_its_indentation_with_room_to_grow(tmp_path):
    whole, target = packaging.template(), tmp_path / 'sam.json'
    target.write_text(json.dumps(whole, indent=2))  # as Chalice writes it
    compact.rewrite(target)
    assert json.loads(target.read_text()) == whole
    assert target.stat().st_size < 900_000  # CloudFormation takes a megabyte


@pytest.mark.parametrize('stack', ['domovoy', 'domovoy-trial'])
def test_functions_may_use_what_is_theirs_under_any_name_of_the_stack_and_nothing_else(stack):
    statements = json.loads((house.ROOT / '.chalice' / 'policy.json').read_text())['Statement']
    permitted = {one['Sid']: one.get('Resource') for one in statements}
    # Who answers a waiting machine names no resource, and a telephone number is none.
    assert [sid for sid, resource in permitted.items() if resource in ('*', None)] == [
        'Answers',
        'PhoneNumbersHaveNoArn',
    ]
    [numbers] = [one for one in statements if one['Sid'] == 'PhoneNumbersHaveNoArn']
    assert numbers['NotResource'] == 'arn:*:sns:*:*:*'
    for sid, service, name in (
        ('Rows', 'dynamodb', f'table/{stack}-requests'),
        ('Bus', 'events', f'event-bus/{stack}-bus'),
        ('Queues', 'sqs', f'{stack}-SignInsQueue-1B2C'),
        ('FanOut', 'sns', f'{stack}-messages'),
        ('ReportFiles', 's3', f'{stack}-reportsbucket-1b2c/demo/1'),
        ('SentFiles', 's3', f'{stack}-filesbucket-1b2c/kept/1'),
        ('Keys', 'secretsmanager', f'secret:{stack}-token-keys-AbCdEf'),
    ):
        patterns = permitted[sid] if isinstance(permitted[sid], list) else [permitted[sid]]
        place = '' if service == 's3' else 'eu-central-1'
        account = '' if service == 's3' else '123456789012'
        arn = f'arn:aws:{service}:{place}:{account}:{name}'
        assert any(fnmatchcase(arn, pattern) for pattern in patterns), arn
        stranger = arn.replace(stack, 'stranger')
        assert not any(fnmatchcase(stranger, pattern) for pattern in patterns), stranger
    [seals] = [one for one in statements if one['Sid'] == 'Seals']
    aliases = world.resources('AWS::KMS::Alias').values()
    for name in (one['AliasName']['Fn::Sub'].replace('${AWS::StackName}', stack) for one in aliases):
        assert fnmatchcase(name, seals['Condition']['ForAnyValue:StringLike']['kms:ResourceAliases'])


def references(node: Any) -> Any:
    """Every name that `Ref`, `Fn::GetAtt` and `Fn::Sub` speak of."""
    if isinstance(node, list):
        for entry in node:
            yield from references(entry)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == 'Ref':
                yield value
            elif key == 'Fn::GetAtt':
                yield value[0] if isinstance(value, list) else value.split('.')[0]
            elif key == 'Fn::Sub':
                text, own = (value, {}) if isinstance(value, str) else value
                yield from (n for n in re.findall(r'\$\{([^!.}]+)', text) if n not in own)
                yield from references(own)
            else:
                yield from references(value)


def test_every_name_the_template_refers_to_is_there():
    # cfn-lint does not look into the properties of serverless functions.
    whole = packaging.template()
    known = {*whole['Resources'], *whole['Parameters']}
    named = {name for name in references(whole) if not name.startswith('AWS::')}
    assert sorted(named - known) == []


@pytest.fixture(scope='module')
def described() -> dict[str, Any]:
    return document(operations_of_the_application(), title='Domovoy', version='1', description='All doors.')


def operations_of_the_application() -> list[Operation]:
    house.lambdas()  # loads the application
    return [one for one in operations() if not one.path.startswith('/v1/staff/notes')]


def test_every_route_is_described_under_a_name_of_its_own(described):
    names = [one.name for one in operations_of_the_application()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    validate(described)
    app = sys.modules['app'].app
    routes = {(path, method) for path, methods in app.routes.items() for method in methods}
    told = {(one.path, one.method) for one in operations_of_the_application()}
    assert sorted(routes - told) == []
    assert {'/openapi.json', '/docs', '/health'} <= set(app.routes)


def test_every_schema_has_a_decent_name_and_every_operation_a_summary(described):
    assert [name for name in described['components']['schemas'] if not name.isalnum()] == []
    every = [one for path in described['paths'].values() for one in path.values()]
    assert [one['operationId'] for one in every if not one['summary']] == []


def test_a_client_of_the_whole_api_can_be_generated(described, tmp_path: Path):
    (tmp_path / 'openapi.json').write_text(json.dumps(described))
    (tmp_path / 'config.json').write_text(json.dumps({'post_hooks': []}))
    command = [
        str(Path(sys.executable).with_name('openapi-python-client')), 'generate', '--meta', 'none',
        '--path', 'openapi.json', '--config', 'config.json', '--output-path', 'client', '--fail-on-warning',
    ]  # fmt: skip
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
