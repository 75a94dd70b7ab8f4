"""The template of the deployment without its indentation: `python -m infra.compact build/sam.json`.

CloudFormation takes a megabyte at most, and of what Chalice writes for all doors more than half is spaces.
"""

import json
import sys
from pathlib import Path
from typing import Any


def text(template: dict[str, Any]) -> str:
    """The template as it is deployed: a line for each value, so that an error has a place."""
    return json.dumps(template, indent=0, separators=(',', ':'))


def rewrite(path: str | Path) -> None:
    """The same template stands in the file, without its indentation."""
    template = json.loads(Path(path).read_text())
    Path(path).write_text(text(template))


if __name__ == '__main__':
    rewrite(sys.argv[1])
