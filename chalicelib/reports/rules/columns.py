"""The table of columns, line by line: field, heading in the window, what Excel holds, width, value.

A value is made of the request alone, with the names and words of its surroundings. Payment data that the
house of money will tell of a request get a line here and a title in `ru.ftl` and `en.ftl`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.kit.outbox import ActorKind
from chalicelib.kit.xlsx import Kind, Value
from chalicelib.reports.model import EVERY_FIELD, FieldGroup, ReportField
from chalicelib.requests.model.request import Clock, Request
from chalicelib.requests.model.status import Channel, Label, RefundStatus, Status, Verdict

WORDS = tuple(
    f'{kind}-{code}'
    for kind, codes in (
        ('status', Status), ('channel', Channel), ('label', Label), ('verdict', Verdict),
        ('refund', RefundStatus), ('author', (ActorKind.PARTNER, ActorKind.SYSTEM)),
    )
    for code in codes
)  # fmt: skip
"""Every word that a value may be: in the catalogue as `report-<word>`."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a request does not know of itself: words in the reader's language, and names by ids."""

    words: Mapping[str, str]
    names: Mapping[str, str]

    def name(self, identity: str | None) -> str | None:
        """The name of the thing, as far as it exists and was asked for."""
        return self.names.get(identity) if identity else None


@dataclass(frozen=True, slots=True)
class Line:
    """One column."""

    field: ReportField
    group: FieldGroup
    kind: Kind
    width: float
    value: Callable[[Request, Around], Value]


def _status(request: Request, around: Around) -> Value:
    return around.words[f'status-{request.status}']


def _channel(request: Request, around: Around) -> Value:
    return around.words[f'channel-{request.channel}']


def _form(request: Request, around: Around) -> Value:
    # «Что случилось?» asks by itself; «Сколько счётчиков» needs the colon.
    return '\n'.join(
        f'{answer.label}{"" if answer.label.endswith("?") else ":"} {answer.told}' for answer in request.form
    )


def _labels(request: Request, around: Around) -> Value:
    return ', '.join(around.words[f'label-{label}'] for label in request.labels)


def _author(request: Request, around: Around) -> Value:
    by = request.created_by
    return by.name or around.words.get(f'author-{by.kind}')


def _customer(request: Request, around: Around) -> Value:
    return request.customer.name if request.customer else None


def _phone(request: Request, around: Around) -> Value:
    return request.customer.phone if request.customer else None


def _assignees(request: Request, around: Around) -> Value:
    return ', '.join(person.name for person in request.assignees)


def _controller(request: Request, around: Around) -> Value:
    return request.controller.name if request.controller else None


def _verdict(clock: Clock, around: Around) -> Value:
    return around.words[f'verdict-{clock.verdict}'] if clock.verdict else None


def reaction_time(request: Request) -> timedelta | None:
    """From the order to the first start (SLA-001); None while nobody has begun."""
    return request.first_started_at - request.created_at if request.first_started_at else None


def execution_time(request: Request) -> timedelta | None:
    """From the first start to the last completion (SLA-004, RPT-008): elapsed time, suspensions too (AMB-21).

    None while it was never done, or was done without ever being started.
    """
    if request.done_at is None or request.first_started_at is None:
        return None
    return request.done_at - request.first_started_at


def _rating(request: Request, around: Around) -> Value:
    return request.rating.points if request.rating else None


def _rating_comment(request: Request, around: Around) -> Value:
    return request.rating.comment if request.rating else None


def _paid(request: Request, around: Around) -> Value:
    states = request.paid.states
    return ', '.join(around.words[f'label-{label}'] for label in Label if label.value in states)


def _refund_status(request: Request, around: Around) -> Value:
    refund = request.paid.refund
    return around.words[f'refund-{refund.status}'] if refund else None


def _refund_sum(request: Request, around: Around) -> Value:
    return request.paid.refund.amount_minor if request.paid.refund else None


F, G, K = ReportField, FieldGroup, Kind

TABLE = (
    Line(F.NUMBER,            G.REQUEST, K.INTEGER,  10, lambda request, _: request.number),
    Line(F.STATUS,            G.REQUEST, K.TEXT,     20, _status),
    Line(F.STATUS_COMMENT,    G.REQUEST, K.TEXT,     40, lambda request, _: request.status_comment),
    Line(F.CHANNEL,           G.REQUEST, K.TEXT,     22, _channel),
    Line(F.OFFERING,          G.REQUEST, K.TEXT,     30, lambda request, _: request.terms.offering_name),
    Line(F.FORM,              G.REQUEST, K.TEXT,     50, _form),
    Line(F.LABELS,            G.REQUEST, K.TEXT,     40, _labels),
    Line(F.INCIDENT,          G.REQUEST, K.TEXT,     28, lambda request, _: request.incident_title),
    Line(F.CREATED_AT,        G.REQUEST, K.INSTANT,  17, lambda request, _: request.created_at),
    Line(F.AUTHOR,            G.REQUEST, K.TEXT,     30, _author),
    Line(F.UPDATED_AT,        G.REQUEST, K.INSTANT,  17, lambda request, _: request.updated_at),
    Line(F.ADDRESS,           G.PLACE,   K.TEXT,     40, lambda request, _: request.place.address),
    Line(F.PREMISES,          G.PLACE,   K.TEXT,     12, lambda request, _: request.place.premises_number),
    Line(F.QUARTER,           G.PLACE,   K.TEXT,     20, lambda request, a: a.name(request.place.quarter_id)),
    Line(F.GROUP,             G.PLACE,   K.TEXT,     20, lambda request, a: a.name(request.place.group_id)),
    Line(F.CLIENT,            G.CLIENT,  K.TEXT,     30, _customer),
    Line(F.PHONE,             G.CLIENT,  K.TEXT,     16, _phone),
    Line(F.ASSIGNEES,         G.PEOPLE,  K.TEXT,     40, _assignees),
    Line(F.CONTROLLER,        G.PEOPLE,  K.TEXT,     30, _controller),
    Line(F.DEPARTMENT,        G.PEOPLE,  K.TEXT,     25, lambda request, a: a.name(request.department_id)),
    Line(F.FIRST_STARTED_AT,  G.SLA,     K.INSTANT,  17, lambda request, _: request.first_started_at),
    Line(F.REACTION_LIMIT,    G.SLA,     K.DURATION, 12, lambda request, _: request.terms.reaction),
    Line(F.REACT_UNTIL,       G.SLA,     K.INSTANT,  17, lambda request, _: request.reaction.until),
    Line(F.REACTION_VERDICT,  G.SLA,     K.TEXT,     14, lambda request, a: _verdict(request.reaction, a)),
    Line(F.REACTION_TIME,     G.SLA,     K.DURATION, 12, lambda request, _: reaction_time(request)),
    Line(F.EXECUTION_LIMIT,   G.SLA,     K.DURATION, 12, lambda request, _: request.terms.execution),
    Line(F.EXECUTE_UNTIL,     G.SLA,     K.INSTANT,  17, lambda request, _: request.execution.until),
    Line(F.EXECUTION_VERDICT, G.SLA,     K.TEXT,     14, lambda request, a: _verdict(request.execution, a)),
    Line(F.EXECUTION_TIME,    G.SLA,     K.DURATION, 12, lambda request, _: execution_time(request)),
    Line(F.SUSPENDED_UNTIL,   G.RESULT,  K.INSTANT,  17, lambda request, _: request.resume_until),
    Line(F.DONE_AT,           G.RESULT,  K.INSTANT,  17, lambda request, _: request.done_at),
    Line(F.CANCELLED_AT,      G.RESULT,  K.INSTANT,  17, lambda request, _: request.cancelled_at),
    Line(F.RATING,            G.RESULT,  K.INTEGER,  10, _rating),
    Line(F.RATING_COMMENT,    G.RESULT,  K.TEXT,     40, _rating_comment),
    Line(F.PAID,              G.MONEY,   K.TEXT,     30, _paid),
    Line(F.REFUND_STATUS,     G.MONEY,   K.TEXT,     18, _refund_status),
    Line(F.REFUND_SUM,        G.MONEY,   K.MONEY,    14, _refund_sum),
)  # fmt: skip

LINES = {line.field: line for line in TABLE}


def chosen(ticks: Iterable[str]) -> tuple[ReportField, ...]:
    """The fields that the ticks mean, each once, as the columns stand; a code of another release is none."""
    ticked = set(ticks)
    return EVERY_FIELD if ReportField.ALL in ticked else tuple(f for f in EVERY_FIELD if f in ticked)


def row(request: Request, lines: Sequence[Line], around: Around) -> list[Value]:
    """The cells of the request, one for each line."""
    return [line.value(request, around) for line in lines]


def unnamed(requests: Iterable[Request], fields: Iterable[ReportField]) -> Iterator[tuple[ReportField, str]]:
    """Of what the columns need a name for: the field, and the id a request knows it by."""
    asked = [(field, _IDS[field]) for field in fields if field in _IDS]
    for request in requests:
        for field, of in asked:
            found = of(request)
            if found is not None:
                yield field, found


_IDS: dict[ReportField, Callable[[Request], str | None]] = {
    F.QUARTER: lambda request: request.place.quarter_id,
    F.GROUP: lambda request: request.place.group_id,
    F.DEPARTMENT: lambda request: request.department_id,
}
