"""The rows of files.

    pk                              sk             what
    <org>#<file>                    file           the file, until it is gone
    <org>#<file>                    event#<v>.<n>  what happened at version v: audit and outbox; stays
    <org>#uploader#<audience>:<id>  shelf          how many files the sender has in the air

Files without an owner stand in the sparse index `due` by the instant the sweep has to look at them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.files.events import FileEvent
from chalicelib.files.model import File, FileNotFound, TooManyUploads
from chalicelib.files.rules.purposes import MOST_IN_THE_AIR
from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.outbox import announcing

FILE, SHELF = 'file', 'shelf'
SHARDS = 8
"""Over how many partitions the due index is spread."""


class Due(GlobalSecondaryIndex['FileRow']):
    """Files that have to be looked at, by the instant; the clock's sweep reads it for all organisations."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class FileRow(Row):
    """A row of the table of files; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('files')

    due_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    in_the_air = NumberAttribute(null=True)

    by_due = Due()


def reading(organisation: str, file_id: str, field: str | None = None) -> Read[File]:
    """A look at the file; `missing` is FileNotFound."""
    return Read(FileRow, (_pk(organisation, file_id), FILE), _file_of, lambda: FileNotFound(field=field))


def due_by(now: datetime, shard: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of each file of the shard that is due, the longest due first."""
    until = FileRow.due_at <= clock.text(now)
    for row in FileRow.by_due.query(f'due#{shard}', until, page_size=100):
        organisation, _, file_id = row.pk.partition('#')
        yield organisation, file_id


def asking(file: File, event: FileEvent) -> list[Write]:
    """The file will be expected, if its sender has not too many in the air already."""
    has_room = FileRow.in_the_air.does_not_exist() | (FileRow.in_the_air < MOST_IN_THE_AIR)
    return [
        dynamo.creating(_row_of(file)),
        dynamo.updating(
            FileRow(*_shelf(file)),
            [FileRow.in_the_air.add(1)],
            has_room,
            lambda: TooManyUploads(limit=MOST_IN_THE_AIR),
        ),
        *announcing(FileRow, _pk(file.organisation, file.id), file.version, event),
    ]


def changing(file: File, event: FileEvent | None = None) -> list[Write]:
    """The file will be as given in place of the version before."""
    writes = [dynamo.putting(_row_of(file), FileRow.version == file.version - 1)]
    if event is not None:
        writes += announcing(FileRow, _pk(file.organisation, file.id), file.version, event)
    return writes


def taking(files: Sequence[File], events: Sequence[FileEvent]) -> list[Write]:
    """The files, of one sender, will have their owner, and be in the air no longer."""
    writes = [write for file, event in zip(files, events, strict=True) for write in changing(file, event)]
    return [*writes, _landing(files[0], len(files))] if files else []


def removing(file: File, event: FileEvent) -> list[Write]:
    """The file's row will be gone, if it is still of that version."""
    pk = _pk(file.organisation, file.id)
    gone = dynamo.removing(FileRow(pk=pk, sk=FILE), FileRow.version == file.version)
    landing = [] if file.owner else [_landing(file)]
    return [gone, *landing, *announcing(FileRow, pk, file.version + 1, event)]


def _landing(file: File, many: int = 1) -> Write:
    return dynamo.updating(FileRow(*_shelf(file)), [FileRow.in_the_air.add(-many)])


def _pk(organisation: str, file_id: str) -> str:
    return f'{organisation}#{file_id}'


def _shelf(file: File) -> tuple[str, str]:
    return f'{file.organisation}#uploader#{file.uploader}', SHELF


def _row_of(file: File) -> FileRow:
    return FileRow(
        pk=_pk(file.organisation, file.id),
        sk=FILE,
        version=file.version,
        body=file.model_dump_json(),
        due_key=f'due#{crc32(file.id.encode()) % SHARDS}' if file.due_at else None,
        due_at=clock.text(file.due_at) if file.due_at else None,
    )


def _file_of(row: Any) -> File:
    return File.model_validate_json(row.body or '')
