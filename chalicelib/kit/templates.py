"""What an organisation has prepared and chooses by name: how a house keeps its templates.

    pk                    sk             what
    <org>#templates       template#<id>  a template, in the order they were made
    <org>#templates#<id>  event#<v>.<n>  what was done with it: audit and outbox
"""

from typing import Any, Generic, TypeVar

from chalicelib.kit.dynamo import Read, Row, Write, creating, removing, replacing
from chalicelib.kit.errors import NotFound
from chalicelib.kit.outbox import Event, announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging, Stored

PREFIX = 'template#'


class Template(Stored):
    """Something prepared. A change makes a new one with the next version."""

    id: str
    organisation: str
    name: str
    version: int = 1


T = TypeVar('T', bound=Template)


class Templates(Generic[T]):
    """The templates of a kind in the table of `row`; `name` is what cursors of their list belong to."""

    def __init__(self, row: type[Row], kind: type[T], missing: type[NotFound], name: str) -> None:
        self._row, self._kind, self._missing, self._name = row, kind, missing, name

    def reading(self, organisation: str, template_id: str) -> Read[T]:
        """The template of that id."""
        return Read(self._row, (_pk(organisation), PREFIX + template_id), self._of, self._missing)

    def listed(self, organisation: str, paging: Paging) -> Page[T]:
        """One page of the templates: one query."""
        return page(
            self._row,
            self._of,
            _pk(organisation),
            paging=paging,
            binding=(organisation, self._name),
            condition=self._row.sk.startswith(PREFIX),
            forward=True,
        )

    def count(self, organisation: str, most: int) -> int:
        """How many templates there are, counted up to `most`: one query."""
        prepared = self._row.sk.startswith(PREFIX)
        return int(self._row.count(_pk(organisation), prepared, limit=most, consistent_read=True))

    def saving(self, template: T, event: Event) -> list[Write]:
        """The template will be so, in the version it says."""
        row = self._row_of(template, version=template.version, body=template.model_dump_json())
        write = creating(row) if template.version == 1 else replacing(row, template.version - 1)
        return [write, *self._announcing(template, template.version, event)]

    def removing(self, template: T, event: Event) -> list[Write]:
        """The template will be gone."""
        gone = removing(self._row_of(template), self._row.version == template.version)
        return [gone, *self._announcing(template, template.version + 1, event)]

    def _row_of(self, template: T, **columns: Any) -> Row:
        return self._row(pk=_pk(template.organisation), sk=PREFIX + template.id, **columns)

    def _announcing(self, template: T, version: int, event: Event) -> list[Write]:
        return announcing(self._row, f'{_pk(template.organisation)}#{template.id}', version, event)

    def _of(self, row: Row) -> T:
        return self._kind.model_validate_json(row.body or '')


def _pk(organisation: str) -> str:
    return f'{organisation}#templates'
