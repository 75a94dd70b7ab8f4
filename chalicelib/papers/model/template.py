"""A template of a paper: the one in force for an offering, and the one that was given and is tried."""

from enum import StrEnum

from chalicelib.files.model import Attached
from chalicelib.kit.values import Id, Instant, Stored


class Kind(StrEnum):
    """Which paper it is (ACT-002)."""

    CONTRACT = 'contract'  # «договор возмездного оказания услуг»
    ACT = 'act'  # «акт сдачи-приемки»


class ProblemCode(StrEnum):
    """Why a template cannot be used; the sentences are `paper-problem-<code>`."""

    BROKEN = 'broken'  # it does not open as a document of Word
    TOO_LARGE = 'too_large'
    MACROS = 'macros'
    EMBEDDED = 'embedded'  # objects of other programs inside
    EXTERNAL = 'external'  # it fetches something from elsewhere when it is opened
    DANGEROUS_FIELD = 'dangerous_field'  # a field of Word that runs or fetches something
    UNKNOWN_PLACEHOLDER = 'unknown_placeholder'
    SYNTAX = 'syntax'
    FORBIDDEN = 'forbidden'  # it asks for more than to show values
    TOO_SLOW = 'too_slow'
    GONE = 'gone'  # another took its place before the papers were written


class Problem(Stored):
    """One thing that is wrong with a template; `text` is the placeholder or the place, if there is one."""

    code: ProblemCode
    text: str = ''


class TrialStatus(StrEnum):
    """Where a template that was given stands."""

    WAITING = 'waiting'  # it is tried in the sandbox
    REFUSED = 'refused'  # it cannot be used
    FAILED = 'failed'  # it could not be tried, by a fault of ours


class Given(Stored):
    """A file that was given as a template, by whom and when."""

    file: Attached
    author_id: str
    author: str
    at: Instant


class Trial(Stored):
    """A template that was given and is not in force: it is tried, or the trial has ended badly."""

    given: Given
    status: TrialStatus = TrialStatus.WAITING
    problems: tuple[Problem, ...] = ()
    attempts: int = 1
    worked_at: Instant


class Template(Stored):
    """What writes a paper for an offering's requests: `current`, or the preset if it is None (ACT-005)."""

    organisation: str
    offering_id: Id
    kind: Kind
    version: int = 0
    current: Given | None = None
    trial: Trial | None = None

    @property
    def is_tried(self) -> bool:
        """Whether a template waits to be tried."""
        return self.trial is not None and self.trial.status is TrialStatus.WAITING
