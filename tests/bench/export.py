"""A large house as a DynamoDB export that the engine imports: minutes, where calls take hours."""

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from infra.local.paths import DYNOXIDE
from tests.engine.filling import Series

ITEMS_PER_FILE = 200_000
"""The engine holds a whole file of an export in memory."""


def grown(dynamodb: Any, series: Series, directory: Path) -> Path:
    """A database with all that `dynamodb` holds and the rows of the series."""
    source, database, schema = directory / 'export', directory / 'house.db', directory / 'schema.json'
    names = dynamodb.list_tables()['TableNames']
    schema.write_text(json.dumps([dynamodb.describe_table(TableName=name) for name in names], default=str))
    more = {kind.Meta.table_name: series.items(kind) for kind in series.rows}
    for name in names:
        _write(source / name / 'data', chain(_kept(dynamodb, name), more.get(name, ())))
    command = [
        str(DYNOXIDE),
        'import',
        '--source',
        source,
        '--schema',
        schema,
        '--output',
        database,
        '--force',
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(source)
    return database


def _kept(dynamodb: Any, table: str) -> Iterator[str]:
    for page in dynamodb.get_paginator('scan').paginate(TableName=table):
        yield from map(json.dumps, page['Items'])


def _write(directory: Path, items: Iterator[str]) -> None:
    directory.mkdir(parents=True)
    for number in count():
        lines = [f'{{"Item":{item}}}\n' for item in islice(items, ITEMS_PER_FILE)]
        if number and not lines:
            return
        with gzip.open(directory / f'{number:05d}.json.gz', 'wt', compresslevel=1, encoding='utf-8') as file:
            file.writelines(lines)
