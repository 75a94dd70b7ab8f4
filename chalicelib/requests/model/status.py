"""Statuses, actions and channels, with what each of them permits."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a request stands (REQ-087..089); names for people are in the catalogue."""

    WAITING = 'waiting'  # «Ожидание»: nobody has begun
    IN_PROGRESS = 'in_progress'  # «В работе»
    DONE = 'done'  # «Выполнено»: may be reopened
    SUSPENDED = 'suspended'  # «Приостановлено» until a date
    CANCELLED = 'cancelled'  # «Отменено»: final
    REOPENED = 'reopened'  # «Переоткрыто»: done, and not well
    APPROVAL = 'approval'  # «Согласование»: routed offerings only
    CLARIFICATION = 'clarification'  # «Требует уточнения»: routed offerings only
    QUALITY_CONTROL = 'quality_control'  # «Контроль качества»: only with a controller


@dataclass(frozen=True, slots=True)
class Standing:
    """What a status means for lists and counters."""

    colour: str | None
    is_new: bool
    is_open: bool


STANDINGS = {
    Status.WAITING:         Standing('red',    is_new=True,  is_open=True),
    Status.IN_PROGRESS:     Standing('blue',   is_new=False, is_open=True),
    Status.DONE:            Standing('green',  is_new=False, is_open=False),
    Status.SUSPENDED:       Standing('grey',   is_new=False, is_open=True),
    Status.CANCELLED:       Standing('yellow', is_new=False, is_open=False),
    Status.REOPENED:        Standing('purple', is_new=True,  is_open=True),
    Status.APPROVAL:        Standing(None,     is_new=False, is_open=True),
    Status.CLARIFICATION:   Standing(None,     is_new=False, is_open=True),
    Status.QUALITY_CONTROL: Standing(None,     is_new=False, is_open=True),
}  # fmt: skip


class Action(StrEnum):
    """What may be done to a request's status; each but `create` is a door of that name."""

    CREATE = 'create'
    START = 'start'
    SUSPEND = 'suspend'
    COMPLETE = 'complete'
    CHECK = 'check'
    RETURN = 'return'
    CANCEL = 'cancel'
    REOPEN = 'reopen'
    APPROVE = 'approve'
    CLARIFY = 'clarify'
    ANSWER = 'answer'


class Channel(StrEnum):
    """How a request reached the company (REQ-052, REQ-053)."""

    INCOMING_CALL = 'incoming_call'  # «входящий звонок»
    OUTGOING_CALL = 'outgoing_call'  # «исходящий звонок»
    VISIT = 'visit'  # «личный визит»
    EMAIL = 'email'  # «e-mail»
    SOCIAL = 'social'  # «социальные сети / мессенджеры»
    INTERNAL = 'internal'  # «внутренний канал»
    OTHER = 'other'  # «Другое»
    APP = 'app'  # mobile application of the resident; never chosen by staff
    SITE = 'site'  # personal account on the site; never chosen by staff


STAFF_CHANNELS = frozenset(Channel) - {Channel.APP, Channel.SITE}


class Verdict(StrEnum):
    """What became of an SLA."""

    PENDING = 'pending'
    OBSERVED = 'observed'
    BREACHED = 'breached'


class Mark(StrEnum):
    """What houses above have found out about a request and a rule here must heed."""

    INVOICE_ISSUED = 'invoice_issued'  # basic data are locked (REQ-081)
    REFUND_PENDING = 'refund_pending'  # staff cannot cancel (AMB-65)
    DOCUMENT_ATTACHED = 'document_attached'  # what a strict offering asks before completion (REQ-099)
    CHECKLIST_OPEN = 'checklist_open'  # a strict offering is not completed meanwhile


class PaidState(StrEnum):
    """What a request's invoices say beside its status, told by the house of money (REQ-031..036, AMB-36)."""

    NOT_ISSUED = 'invoice_not_issued'  # «Счет не выставлен»: a draft with a position
    UNPAID = 'invoice_unpaid'  # «Счет не оплачен»: issued and not yet paid
    MARKED_PAID = 'invoice_marked_paid'  # «Счет отмечен оплаченным» by an employee
    PAID = 'invoice_paid'  # «Счет оплачен» through the app
    REFUND_REQUESTED = 'refund_requested'  # «Возврат запрошен» by the client
    REFUND_APPROVED = 'refund_approved'  # «Возврат подтвержден» by an employee


class Label(StrEnum):
    """What a request's line says beside its status: three general labels and six of money (REQ-027)."""

    REACTION_BREACHED = 'reaction_breached'  # «Нарушен SLA времени реакции»
    EXECUTION_BREACHED = 'execution_breached'  # «Нарушен SLA времени выполнения»
    IMPORTANT_COMMENT = 'important_comment'  # «Важный комментарий от сотрудника»: nobody has seen it yet
    INVOICE_NOT_ISSUED = PaidState.NOT_ISSUED.value
    INVOICE_UNPAID = PaidState.UNPAID.value
    INVOICE_MARKED_PAID = PaidState.MARKED_PAID.value
    INVOICE_PAID = PaidState.PAID.value
    REFUND_REQUESTED = PaidState.REFUND_REQUESTED.value
    REFUND_APPROVED = PaidState.REFUND_APPROVED.value


class RefundStatus(StrEnum):
    """Where a refund stands, as the list shows it beside the sum (REQ-037, AMB-71)."""

    REQUESTED = 'requested'
    REJECTED = 'rejected'
    APPROVED = 'approved'
    COMPLETED = 'completed'
    FAILED = 'failed'
