"""What the doors of calls take and tell. Never to residents (CALL-001, CALL-002)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.calls.model.call import Call, CallStatus, Direction, Person
from chalicelib.kit.values import Day, Id, Instant, Paging, Phone, Stored, Value
from chalicelib.requests.model.views import RequestBrief

LARGEST_NUMBER = 10**9


class CallsQuery(Paging):
    """Which calls are listed; all that is given must hold."""

    direction: Direction | None = None
    is_missed: bool | None = Field(None, description='Whether nobody answered.')
    employee_id: Id | None = Field(None, description='Who talked, or at whose telephone it rang last.')
    phone: Phone | None = Field(None, description="The client's.")
    is_linked: bool | None = Field(None, description='Whether it is known what request it was about.')
    since: Day | None = Field(None, description='The first day, local time.')
    until: Day | None = Field(None, description='The last day, local time.')

    @field_validator('until')
    @classmethod
    def _follows(cls, until: Day | None, info: ValidationInfo) -> Day | None:
        since = info.data.get('since')
        if until is not None and since is not None and until < since:
            raise PydanticCustomError('period_reversed', 'the period ends before it begins')
        return until


class CallAction(StrEnum):
    """What an employee may do with a call: one of the two, by whether it has a request (CALL-007)."""

    ATTACH = 'attach'
    DETACH = 'detach'


class CallView(Stored):
    """A line of «Звонки», and the whole of a call but for its recording."""

    id: str
    version: int
    direction: Direction
    status: CallStatus
    phone: str | None = Field(description='Of the client; null where the number was hidden.')
    client: Person | None = Field(description='Whose telephone it was when it rang.')
    employee: Person | None = Field(description='Who talked last, or at whose telephone it rang last.')
    rang_at: Instant
    answered_at: Instant | None
    ended_at: Instant | None
    duration_seconds: int | None = Field(
        description='How long they talked; null while they do, or not known.'
    )
    is_end_unknown: bool = Field(description='The exchange never told the end.')
    is_recorded: bool
    number: int | None = Field(description='Of the request it was about.')
    actions: list[CallAction]

    @classmethod
    def of(cls, call: Call, *, may_link: bool) -> 'CallView':
        """The call as an employee sees it, who may or may not say what it was about."""
        action = CallAction.ATTACH if call.number is None else CallAction.DETACH
        return cls(
            id=call.id,
            version=call.version,
            direction=call.direction,
            status=call.status,
            phone=call.phone,
            client=call.client,
            employee=call.employee,
            rang_at=call.rang_at,
            answered_at=call.answered_at,
            ended_at=call.ended_at,
            duration_seconds=call.duration_seconds,
            is_end_unknown=call.is_end_unknown,
            is_recorded=call.recording is not None,
            number=call.number,
            actions=[action] if may_link else [],
        )


class OpenCalls(Stored):
    """The calls at one's own telephone that are not over, newest first."""

    items: list[CallView]


class Recording(Stored):
    """Where a recording can be listened to."""

    url: str


class About(Value):
    """Which request a call was about."""

    number: Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]


class CallersQuery(Value):
    """Whose telephone is asked about."""

    phone: Phone


class HomeBrief(Stored):
    """Premises of a client."""

    premises_id: str
    building_id: str
    address: str
    premises_number: str
    right: str


class CallerCard(Stored):
    """A client with the telephone that rings: enough to greet him and to go on."""

    id: str
    name: str
    phone: str | None
    is_blocked: bool
    homes: list[HomeBrief]
    requests: list[RequestBrief] = Field(
        description='His open requests, the latest change first; 20 at most.'
    )


class Callers(Stored):
    """The clients with a telephone; none where it is nobody's."""

    items: list[CallerCard]
