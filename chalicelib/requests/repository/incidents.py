"""Which requests are attached to which incident: rows that change with the request, in its transaction.

    pk                      sk                 what
    <org>#incident#<id>     standing           whether more may be attached, and how many are
    <org>#incident#<id>     request#<number>   that the request is attached
"""

from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.requests.model.incidents import IncidentStanding
from chalicelib.requests.model.refusals import IncidentNotFound
from chalicelib.requests.model.request import Request
from chalicelib.requests.repository.rows import RequestRow

STANDING, ATTACHED = 'standing', 'request#'


def reading_incident(organisation: str, incident_id: str) -> Read[IncidentStanding]:
    """A look at how the incident stands; `missing` is IncidentNotFound."""
    key = (_pk(organisation, incident_id), STANDING)
    return Read(RequestRow, key, _standing_of, IncidentNotFound)


def incident_opening(standing: IncidentStanding) -> Write:
    """Requests can be attached to the incident from now on."""
    row = RequestRow(
        pk=_pk(standing.organisation, standing.id),
        sk=STANDING,
        body=standing.model_dump_json(exclude={'attached'}),
        is_open=standing.is_open,
        tally=0,
    )
    return dynamo.creating(row)


def incident_changing(standing: IncidentStanding) -> Write:
    """The incident will stand so; the number of what is attached stays."""
    row = RequestRow(pk=_pk(standing.organisation, standing.id), sk=STANDING)
    told = [
        RequestRow.body.set(standing.model_dump_json(exclude={'attached'})),
        RequestRow.is_open.set(standing.is_open),
    ]
    return dynamo.updating(row, told, RequestRow.pk.exists())


def attachment_writes(before: Request | None, after: Request) -> list[Write]:
    """What follows from another incident of the request; ChangedMeanwhile if that takes no more."""
    was, now = before.incident_id if before else None, after.incident_id
    if was == now:
        return []
    writes: list[Write] = []
    if was is not None:
        writes.append(dynamo.removing(_attached(after, was)))
        writes.append(dynamo.updating(_standing(after, was), [RequestRow.tally.add(-1)]))
    if now is not None:
        writes.append(dynamo.creating(_attached(after, now)))
        is_open = RequestRow.is_open == True  # noqa: E712
        writes.append(dynamo.updating(_standing(after, now), [RequestRow.tally.add(1)], is_open))
    return writes


def attached_after(organisation: str, incident_id: str, number: int, most: int) -> list[int]:
    """The next numbers above `number` that are attached, strongly consistent: one query."""
    rows = RequestRow.query(
        _pk(organisation, incident_id),
        RequestRow.sk.between(f'{ATTACHED}{number + 1:010d}', f'{ATTACHED}~'),
        consistent_read=True,
        limit=most,
    )
    return [int(row.sk.removeprefix(ATTACHED)) for row in rows]


def _standing(request: Request, incident_id: str) -> RequestRow:
    return RequestRow(pk=_pk(request.organisation, incident_id), sk=STANDING)


def _attached(request: Request, incident_id: str) -> RequestRow:
    return RequestRow(pk=_pk(request.organisation, incident_id), sk=f'{ATTACHED}{request.number:010d}')


def _standing_of(row: RequestRow) -> IncidentStanding:
    standing = IncidentStanding.model_validate_json(row.body or '')
    return standing.model_copy(update={'attached': int(row.tally or 0)})


def _pk(organisation: str, incident_id: str) -> str:
    return f'{organisation}#incident#{incident_id}'
