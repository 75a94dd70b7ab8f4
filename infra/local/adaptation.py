"""The production template made fit for this machine: same resources, same wiring, local function code."""

import copy
import io
import json
import re
import sys
import zipfile
from typing import Any

from infra.local.paths import HOUSE

Template = dict[str, Any]

RUNTIME = 'provided.al2023'
HANDLER_SECONDS = 60

# What MiniStack cannot create or nothing here would use. A type outside this list that MiniStack does not
# know fails the deployment by name, so that leaving something out is always a decision.
LEFT_OUT = {
    'AWS::ApiGateway::Account': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::BasePathMapping': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::Deployment': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::DomainName': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::GatewayResponse': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::RestApi': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::Stage': 'HTTP is served by our own gateway',
    'AWS::ApiGateway::UsagePlan': 'HTTP is served by our own gateway',
    'AWS::ApiGatewayV2::Deployment': 'unknown to MiniStack, whose stage serves without one',
    'AWS::ApiGatewayV2::RouteResponse': 'unknown to MiniStack, which answers every frame',
    'AWS::Backup::BackupSelection': 'unknown to MiniStack',
    'AWS::CloudWatch::CompositeAlarm': 'unknown to MiniStack',
    'AWS::Events::Archive': 'unknown to MiniStack',
    'AWS::Serverless::Api': 'HTTP is served by our own gateway',
    'AWS::Serverless::HttpApi': 'HTTP is served by our own gateway',
    'AWS::Serverless::LayerVersion': 'functions run the working tree',
    'AWS::WAFv2::WebACL': 'the gateway is on loopback',
    'AWS::WAFv2::WebACLAssociation': 'the gateway is on loopback',
    'AWS::XRay::Group': 'unknown to MiniStack',
}


def adapt(template: Template) -> Template:
    """The template to deploy locally. The input is left as it is."""
    adapted = copy.deepcopy(template)
    adapted.setdefault('Transform', 'AWS::Serverless-2016-10-31')
    resources = adapted['Resources']
    gone = {name for name, resource in resources.items() if resource['Type'] in LEFT_OUT}
    for name in gone:
        del resources[name]
    for name, resource in resources.items():
        _forget_dependencies(resource, gone)
        if resource['Type'] == 'AWS::Serverless::Function':
            _run_the_working_tree(resource['Properties'])
            # Logs and checkpoints are named after the function: readable, and the same at every start.
            resource['Properties'].setdefault('FunctionName', {'Fn::Sub': f'${{AWS::StackName}}-{name}'})
        if resource['Type'] == 'AWS::S3::Bucket':
            # Rows name files by their bucket: a name drawn anew at each start would orphan them.
            named = {'Fn::Sub': f'${{AWS::StackName}}-{name.lower()}'}
            resource.setdefault('Properties', {}).setdefault('BucketName', named)
    function_defaults = adapted.get('Globals', {}).get('Function', {})
    for unused in ('Layers', 'CodeUri', 'Runtime', 'Architectures', 'VpcConfig', 'SnapStart'):
        function_defaults.pop(unused, None)
    adapted['Outputs'] = {
        name: output for name, output in adapted.get('Outputs', {}).items() if not _mentions(output, gone)
    }
    adapted['Resources'] = {name: _without(resource, gone) for name, resource in resources.items()}
    adapted['Globals'] = _without(adapted.get('Globals', {}), gone)
    return adapted


def code_archive() -> bytes:
    """The whole package of every function: a script that asks for a fork of our interpreter."""
    script = f'#!/bin/sh\nexec "{sys.executable}" -I -S "{HOUSE / "lambdas" / "bootstrap.py"}"\n'
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w') as archive:
        # The same bytes at every start, so that an update of the stack sees no change of code.
        entry = zipfile.ZipInfo('bootstrap', (2026, 1, 1, 0, 0, 0))
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, script)
    return written.getvalue()


CODE = {'Bucket': 'domovoy-local-code', 'Key': 'bootstrap.zip'}


def _run_the_working_tree(properties: dict[str, Any]) -> None:
    properties['Runtime'] = RUNTIME
    properties['CodeUri'] = dict(CODE)
    for unused in (
        'Layers',
        'VpcConfig',
        'SnapStart',
        'Architectures',
        'AutoPublishAlias',
        'DeploymentPreference',
    ):
        properties.pop(unused, None)
    properties['Tracing'] = 'PassThrough'
    timeout = properties.get('Timeout')
    if isinstance(timeout, int):
        # A laptop under load is slower than the cloud; a step is not to fail for that.
        properties['Timeout'] = max(timeout, HANDLER_SECONDS)


def _forget_dependencies(resource: dict[str, Any], gone: set[str]) -> None:
    needs = resource.pop('DependsOn', [])
    kept = [name for name in ([needs] if isinstance(needs, str) else needs) if name not in gone]
    if kept:
        resource['DependsOn'] = kept


def _mentions(value: Any, names: set[str]) -> bool:
    return bool(names) and any(re.search(rf'\b{re.escape(name)}\b', json.dumps(value)) for name in names)


def _without(value: Any, gone: set[str]) -> Any:
    """The value, with whatever refers to a left out resource replaced by the word `local`."""
    if isinstance(value, list):
        return [_without(item, gone) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        if value.get('Ref') in gone:
            return 'local'
        target = value.get('Fn::GetAtt')
        if target and (target.split('.')[0] if isinstance(target, str) else target[0]) in gone:
            return 'local'
        if isinstance(text := value.get('Fn::Sub'), str):
            for name in gone:
                text = re.sub(rf'\$\{{{re.escape(name)}(\.[A-Za-z.]+)?\}}', 'local', text)
            return {'Fn::Sub': text}
    return {key: _without(item, gone) for key, item in value.items()}
