"""Prepared writes: a place with its lists, words, number and counts, and who it is told to."""

from chalicelib.kit import dynamo, tags
from chalicelib.kit.dynamo import Write
from chalicelib.kit.finding import finding, word_rows
from chalicelib.kit.outbox import Event, announcing
from chalicelib.premises import rules
from chalicelib.premises.model import (
    Building,
    BuildingNotEmpty,
    Premises,
    PremisesInhabited,
    PremisesNumberTaken,
)
from chalicelib.premises.repository.rows import (
    KINDS,
    MISSING,
    Place,
    PlaceRow,
    list_key,
    pk,
    words_shelf,
)


def adding(place: Place, *events: Event) -> list[Write]:
    """The place exists, is listed and found, with its events; or PremisesNumberTaken, BuildingNotFound."""
    key = pk(place.organisation, type(place), place.id)
    writes = [dynamo.creating(_row(place)), *finding(_word_rows(place), {})]
    writes += announcing(PlaceRow, key, place.version, *events)
    if isinstance(place, Building | Premises):
        writes.append(dynamo.creating(PlaceRow(pk=key, sk='count', total=0)))
    if isinstance(place, Premises):
        writes += [_numbered(place), _counted(place.organisation, Building, place.building_id, 1)]
    return writes


def changing(place: Place, was: Place, *events: Event) -> list[Write]:
    """The place is as given, is listed and found so, with its events; raises PremisesNumberTaken."""
    key = pk(place.organisation, type(place), place.id)
    writes = [dynamo.replacing(_row(place), was.version), *finding(_word_rows(place), _word_rows(was))]
    writes += announcing(PlaceRow, key, place.version, *events)
    if isinstance(place, Premises) and isinstance(was, Premises):
        old, new = _number_row(was), _number_row(place)
        if old.sk != new.sk:
            writes += [dynamo.removing(old), _numbered(place)]
    return writes


def removing(place: Building | Premises, *events: Event) -> list[Write]:
    """The place is gone and its history stays; raises BuildingNotEmpty, PremisesInhabited."""
    key = pk(place.organisation, type(place), place.id)
    row, refusal = _row(place), BuildingNotEmpty if isinstance(place, Building) else PremisesInhabited
    writes = [
        dynamo.removing(row, PlaceRow.version == place.version),
        dynamo.removing(PlaceRow(pk=key, sk='count'), PlaceRow.total == 0, refusal),
        *finding({}, _word_rows(place)),
        *announcing(PlaceRow, key, place.version + 1, *events),
    ]
    if isinstance(place, Premises):
        writes.append(dynamo.removing(_number_row(place)))
        writes.append(_counted(place.organisation, Building, place.building_id, -1))
    return writes


def inhabiting(organisation: str, premises_id: str, change: int) -> Write:
    """The number of clients attached to the premises is different; raises PremisesNotFound."""
    return _counted(organisation, Premises, premises_id, change)


def tagging(organisation: str, given: tuple[str, ...]) -> tuple[tuple[str, ...], list[Write]]:
    """The tags as they were spelled at their first use, and the writes that keep the new ones."""
    return tags.tagging(PlaceRow, organisation, given)


def _row(place: Place) -> PlaceRow:
    row = PlaceRow(
        pk=pk(place.organisation, type(place), place.id),
        sk=KINDS[type(place)],
        version=place.version,
        body=place.model_dump_json(),
        list_key=list_key(place.organisation, type(place)),
        place=_place(place),
    )
    if isinstance(place, Premises):
        row.list_order = f'{place.building_id}#{rules.order(place.number)}#{place.kind}#{place.id}'
    else:
        row.list_order = f'{rules.order(place.name)}#{place.id}'
    if isinstance(place, Building):
        row.quarter_key = place.quarter_id and f'{place.organisation}#{place.quarter_id}'
        row.group_key = place.group_id and f'{place.organisation}#{place.group_id}'
    return row


def _place(place: Place) -> str | None:
    if isinstance(place, Premises):
        return place.building_id
    return place.id if isinstance(place, Building) else None


def _word_rows(place: Place) -> dict[str, PlaceRow]:
    if isinstance(place, Premises):
        words = rules.indexed(place.number, place.account)
    else:
        words = rules.indexed(place.name, place.address if isinstance(place, Building) else None)
    shelf = words_shelf(place.organisation, type(place))
    return word_rows(PlaceRow, shelf, place.id, words, place=_place(place))


def _number_row(premises: Premises) -> PlaceRow:
    return PlaceRow(
        pk=pk(premises.organisation, Building, premises.building_id),
        sk=f'number#{rules.number_key(premises.number)}#{premises.kind}',
        body=premises.id,
    )


def _numbered(premises: Premises) -> Write:
    return dynamo.creating(_number_row(premises), PremisesNumberTaken)


def _counted(organisation: str, kind: type, id: str, change: int) -> Write:
    row = PlaceRow(pk=pk(organisation, kind, id), sk='count')
    return dynamo.updating(row, [PlaceRow.total.add(change)], PlaceRow.pk.exists(), MISSING[kind])
