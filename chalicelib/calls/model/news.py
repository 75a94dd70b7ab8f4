"""What an exchange tells of a call: our own form, which an adapter of a provider speaks."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.calls.model.call import Direction
from chalicelib.calls.model.settings import Extension
from chalicelib.kit import values
from chalicelib.kit.values import Instant, Phone, Stored, Value

ExternalId = Annotated[str, StringConstraints(pattern=r'^[A-Za-z0-9_.:@-]{1,100}$')]


class NewsKind(StrEnum):
    """What happened to a call."""

    RINGING = 'ringing'  # it rings, at the extension if there is one; told for each of several
    ANSWERED = 'answered'  # the extension talks; told again where the call is passed on
    ENDED = 'ended'  # it is over
    RECORDED = 'recorded'  # the recording can be had


class CallNews(Value):
    """One thing that happened to a call. The same `event_id` is heard once, however often it is sent."""

    event_id: ExternalId
    call_id: ExternalId = Field(description='What the exchange calls the call.')
    event: NewsKind
    at: Instant = Field(description='When it happened, not when it was sent.')
    direction: Direction
    client_phone: Phone | None = Field(None, description='Null where the number is hidden.')
    extension: Extension | None = Field(None, description='The internal number of the employee.')
    recording_url: Annotated[str, values.Line(2000)] | None = Field(
        None, description='Of `recorded` alone: https, at a host that the organisation has named.'
    )

    @model_validator(mode='after')
    def _has_its_recording(self) -> Self:
        if (self.event is NewsKind.RECORDED) != (self.recording_url is not None):
            raise PydanticCustomError('recording_misplaced', 'a recording comes with `recorded` alone')
        return self


class Heard(Stored):
    """The news is known, now or before."""

    call_id: str = Field(description='What we call the call.')
