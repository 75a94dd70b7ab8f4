"""The template that `chalice package --merge-template` writes, made without building the zip.

Run as `python -m infra.local.template PROJECT MERGE_FILE FINGERPRINT`: in a process of its own, because it
imports the application before the settings that the application runs with exist.
"""

import contextlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from chalice.cli.factory import CLIFactory
from chalice.config import Config
from chalice.deploy.appgraph import ApplicationGraphBuilder, DependencyBuilder
from chalice.deploy.deployer import (
    BaseDeployStep,
    BuildStage,
    InjectDefaults,
    LambdaEventSourcePolicyInjector,
    PolicyGenerator,
    SwaggerBuilder,
    WebsocketPolicyInjector,
)
from chalice.deploy.models import DeploymentPackage
from chalice.deploy.swagger import CFNSwaggerGenerator
from chalice.package import ResourceBuilder, SAMTemplateGenerator, TemplateDeepMerger
from chalice.policy import AppPolicyGenerator
from chalice.utils import OSUtils

from infra.local.remembered import Template, remember

STAGE = 'dev'


class _NoPackage(BaseDeployStep):
    """Names a package instead of building one: functions run the working tree here."""

    def handle_deploymentpackage(self, config: Config, resource: DeploymentPackage) -> None:
        resource.filename = 'deployment.zip'


def generate(project: Path, merged: Path | None = None, stage: str = STAGE) -> tuple[Template, Config]:
    """What would be deployed from `project` with `merged` merged in, and Chalice's view of it."""
    with _inside(project):
        factory = CLIFactory(str(project), environ=os.environ)
        config = factory.create_config_obj(stage)
        steps = [
            InjectDefaults(),
            _NoPackage(),
            PolicyGenerator(policy_gen=AppPolicyGenerator(osutils=OSUtils()), osutils=OSUtils()),
            SwaggerBuilder(swagger_generator=CFNSwaggerGenerator()),
            LambdaEventSourcePolicyInjector(),
            WebsocketPolicyInjector(),
        ]
        builder = ResourceBuilder(ApplicationGraphBuilder(), DependencyBuilder(), BuildStage(steps))
        resources = builder.construct_resources(config, stage)
        template: Template = SAMTemplateGenerator(config, factory.create_package_options()).generate(
            resources
        )
    if merged:
        template = TemplateDeepMerger().merge(json.loads(merged.read_text()), template)
    return template, config


def write_merge_template(project: Path, path: Path) -> Path | None:
    """What `infra/merge.py` of the project composes is in the file `path`; None where there is none."""
    source = project / 'infra' / 'merge.py'
    if not source.exists():
        return None
    # By its place, not by its name: a scratch project of a test has an `infra` of its own.
    spec = importlib.util.spec_from_file_location('infra.merge', source)
    assert spec is not None and spec.loader is not None
    merge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(merge)
    merge.write(path)
    return path


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    # Chalice reads `.chalice/` and `app.py` relative to where it stands.
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main(project: str, merge_file: str, key: str) -> None:
    """The template of `project` is remembered under `key`."""
    sys.path[:0] = [project]
    merged = write_merge_template(Path(project), Path(merge_file))
    template, _ = generate(Path(project), merged)
    remember(Path(project), key, template)


if __name__ == '__main__':
    main(*sys.argv[1:])
