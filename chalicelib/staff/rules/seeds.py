"""The roles an organisation begins with (IAM-015); each changes later like any other."""

from chalicelib.staff.model import Matrix, MatrixChannel, NotificationKind, Permission, Role

ADMINISTRATOR, DISPATCHER = 'administrator', 'dispatcher'
EXECUTOR, COMMUNITY_MANAGER = 'executor', 'community-manager'

_PUSH = frozenset({MatrixChannel.PUSH})
_BOTH = frozenset({MatrixChannel.PUSH, MatrixChannel.EMAIL})
_Kind = NotificationKind

_OF_ONES_OWN_WORK: Matrix = {
    _Kind.ASSIGNED: _PUSH,
    _Kind.NAMED_CONTROLLER: _PUSH,
    _Kind.QUALITY_CONTROL_NEEDED: _PUSH,
    _Kind.SUSPENSION_ENDING: _PUSH,
    _Kind.REQUEST_CHANGED: _PUSH,
    _Kind.STATUS_CHANGED: _PUSH,
    _Kind.COMMENT_ADDED: _PUSH,
    _Kind.CHAT_MESSAGE_RECEIVED: _PUSH,
    _Kind.EXECUTION_DEADLINE_NEAR: _PUSH,
    _Kind.TASK_DEADLINE_NEAR: _PUSH,
}


def roles(organisation: str) -> tuple[Role, ...]:
    """The seeded roles, the administrator's first."""
    return tuple(
        Role(
            id=role_id,
            organisation=organisation,
            name=name,
            permissions=permissions,
            matrix=matrix,
            is_seeded=True,
        )
        for role_id, name, permissions, matrix in (
            (ADMINISTRATOR, 'Администратор', frozenset(Permission), _ADMINISTRATORS_TICKS),
            (DISPATCHER, 'Диспетчер', _DISPATCHERS, _DISPATCHERS_TICKS),
            (EXECUTOR, 'Исполнитель', _EXECUTORS, _EXECUTORS_TICKS),
            (COMMUNITY_MANAGER, 'Комьюнити-менеджер', _COMMUNITY_MANAGERS, _COMMUNITY_MANAGERS_TICKS),
        )
    )


_DISPATCHERS = frozenset(
    {
        Permission.REQUESTS_VIEW,
        Permission.REQUESTS_EDIT,
        Permission.REQUESTS_CHAT,
        Permission.REQUESTS_APPROVE,
        Permission.REQUESTS_CANCEL,
        Permission.REQUESTS_REPORT,
        Permission.REQUESTS_COMPLETE,
        Permission.INVOICES_EDIT,
        Permission.PAYMENTS_VIEW,
        Permission.PREMISES_VIEW,
        Permission.CLIENTS_VIEW,
        Permission.CLIENTS_EDIT,
        Permission.CALLS_VIEW,
    }
)
_EXECUTORS = frozenset(
    {
        Permission.REQUESTS_EDIT,
        Permission.REQUESTS_CHAT,
        Permission.REQUESTS_COMPLETE,
        Permission.PREMISES_VIEW,
    }
)
_COMMUNITY_MANAGERS = frozenset(
    {
        Permission.REQUESTS_VIEW,
        Permission.REQUESTS_CHAT,
        Permission.PARTNER_ORDERS,
        Permission.PAYMENTS_VIEW,
        Permission.PAYMENTS_MARKETPLACE,
        Permission.OFFERINGS_EDIT,
        Permission.CATEGORIES_EDIT,
        Permission.MARKETPLACE,
        Permission.PREMISES_VIEW,
        Permission.CLIENTS_VIEW,
    }
)
_ADMINISTRATORS_TICKS: Matrix = {
    **_OF_ONES_OWN_WORK,
    _Kind.EXECUTION_BREACHED: _BOTH,
    _Kind.MONEY_RETURNED: _BOTH,
    _Kind.CLOSING_RECEIPT_STUCK: _BOTH,
    _Kind.RECONCILIATION_DIFFERED: _BOTH,
}
_DISPATCHERS_TICKS: Matrix = {
    **_OF_ONES_OWN_WORK,
    _Kind.REQUEST_CREATED: _PUSH,
    _Kind.TASK_CREATED: _PUSH,
    _Kind.REQUEST_APPROVED: _PUSH,
    _Kind.REQUEST_RATED: _PUSH,
    _Kind.RATING_CHANGED: _PUSH,
    _Kind.EXECUTION_BREACHED: _PUSH,
    _Kind.PAYMENT_RECEIVED: _PUSH,
    _Kind.MONEY_RETURNED: _PUSH,
}
# Without the right to see all requests he is told of those tasks alone that he is to do (NTF-007, AMB-75).
_EXECUTORS_TICKS: Matrix = {**_OF_ONES_OWN_WORK, _Kind.TASK_CREATED: _PUSH}
_COMMUNITY_MANAGERS_TICKS: Matrix = {
    _Kind.REQUEST_RATED: _PUSH,
    _Kind.RATING_CHANGED: _PUSH,
    _Kind.PAYMENT_RECEIVED: _PUSH,
    _Kind.MONEY_RETURNED: _PUSH,
}
