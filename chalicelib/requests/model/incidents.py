"""What requests know of incidents: which can be attached to, and how a request follows one."""

from pydantic import Field

from chalicelib.kit.values import Id, Instant, Stored, Value
from chalicelib.requests.model.status import Action


class IncidentStanding(Stored):
    """An incident as requests see it: whether more may be attached, and who may know of it.

    The house of incidents tells it (`service.incident_opening`, `service.incident_changing`).
    """

    id: str
    organisation: str
    title: str
    is_open: bool = True
    places: tuple[str, ...] | None = Field(None, description='The buildings it is about; None: all.')
    attached: int = Field(0, description='How many requests are attached.')


class IncidentStep(Stored):
    """What became of an incident, for the requests that follow it (R20, R21)."""

    incident_id: str
    action: Action
    comment: str = ''
    resume_until: Instant | None = None


class IncidentChoice(Value):
    """Which incident a request is attached to; null: to none."""

    incident_id: Id | None


class Attachment(Stored):
    """What became of one request when several were attached or detached."""

    number: int
    is_done: bool
    code: str | None = Field(None, description='Why not: the code of the refusal.')
    detail: str | None = Field(None, description='The same in words.')


class Attachments(Stored):
    """An answer for each of the numbers, in their order."""

    items: list[Attachment]
