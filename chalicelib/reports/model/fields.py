"""The fields of a request that a report can show; their names for people are in the catalogue."""

from enum import StrEnum

from chalicelib.requests.model.preferences import DEFAULT_COLUMNS


class FieldGroup(StrEnum):
    """Under which heading of the window the checkbox of a field stands."""

    REQUEST = 'request'
    PLACE = 'place'
    CLIENT = 'client'
    PEOPLE = 'people'
    SLA = 'sla'
    RESULT = 'result'
    MONEY = 'money'


class ReportField(StrEnum):
    """A column of a report, or ALL of them (RPT-003, RPT-004)."""

    ALL = 'all'  # the checkbox «Все»
    NUMBER = 'number'
    STATUS = 'status'
    STATUS_COMMENT = 'status_comment'
    CHANNEL = 'channel'
    OFFERING = 'offering'
    FORM = 'form'  # the answers of the order form, a line for each
    LABELS = 'labels'
    INCIDENT = 'incident'
    CREATED_AT = 'created_at'
    AUTHOR = 'author'  # who entered it
    UPDATED_AT = 'updated_at'
    ADDRESS = 'address'
    PREMISES = 'premises'
    QUARTER = 'quarter'
    GROUP = 'group'
    CLIENT = 'client'
    PHONE = 'phone'
    ASSIGNEES = 'assignees'
    CONTROLLER = 'controller'
    DEPARTMENT = 'department'
    FIRST_STARTED_AT = 'first_started_at'
    REACTION_LIMIT = 'reaction_limit'
    REACT_UNTIL = 'react_until'
    REACTION_VERDICT = 'reaction_verdict'
    REACTION_TIME = 'reaction_time'
    EXECUTION_LIMIT = 'execution_limit'
    EXECUTE_UNTIL = 'execute_until'  # «Выполнить до»
    EXECUTION_VERDICT = 'execution_verdict'
    EXECUTION_TIME = 'execution_time'  # RPT-008
    SUSPENDED_UNTIL = 'suspended_until'
    DONE_AT = 'done_at'
    CANCELLED_AT = 'cancelled_at'
    RATING = 'rating'
    RATING_COMMENT = 'rating_comment'
    PAID = 'paid'  # what its invoices say (RPT-009)
    REFUND_STATUS = 'refund_status'
    REFUND_SUM = 'refund_sum'


EVERY_FIELD = tuple(field for field in ReportField if field is not ReportField.ALL)
"""The columns a report can have, from left to right."""

DEFAULT_TICKS = tuple(ReportField(column) for column in DEFAULT_COLUMNS)
"""What is ticked for who has made no report yet: the columns he sees in the list."""
