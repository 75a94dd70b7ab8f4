"""One merge template out of `shared.yaml`, every `<house>.yaml` and the state machines beside the code.

`chalice package --merge-template` takes one file; `python -m infra.merge FILE` writes it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

INFRA = Path(__file__).parent
HOUSES = INFRA.parent / 'chalicelib'


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms (`!Ref X`, `!GetAtt X.Arn`, `!Sub ...`)."""


def _intrinsic(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    if suffix == 'GetAtt' and isinstance(value, str):
        value = value.split('.', 1)
    return {suffix if suffix in ('Ref', 'Condition') else f'Fn::{suffix}': value}


_Loader.add_multi_constructor('!', _intrinsic)


def compose() -> dict[str, Any]:
    """The merge template: all houses' parts, drawings in their machines, tables kept where `Keep` is true."""
    whole: dict[str, Any] = {}
    for part in sorted(INFRA.glob('*.yaml')):
        _merge(whole, yaml.load(part.read_text(), _Loader) or {}, part.name)  # noqa: S506 - a SafeLoader
    for resource in whole['Resources'].values():
        drawing = resource.get('Properties', {}).pop('Drawing', None)
        if drawing:
            resource['Properties']['Definition'] = json.loads((HOUSES / drawing).read_text())
        if resource['Type'] == 'AWS::DynamoDB::Table':
            resource['Properties']['DeletionProtectionEnabled'] = {'Ref': 'Keep'}
    return whole


def write(path: str | Path) -> Path:
    """The merge template is in the file."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(compose(), indent=1, sort_keys=True))
    return Path(path)


def _merge(whole: dict[str, Any], part: dict[str, Any], origin: str) -> None:
    for name, value in part.items():
        if isinstance(value, dict) and isinstance(whole.get(name, {}), dict):
            _merge(whole.setdefault(name, {}), value, origin)
        elif name in whole and whole[name] != value:
            raise ValueError(f'{origin} gives {name} another value')
        else:
            whole[name] = value


if __name__ == '__main__':
    write(sys.argv[1])
