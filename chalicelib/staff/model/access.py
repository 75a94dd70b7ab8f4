"""What a role may grant and what it may have its people told (IAM-004..009, NTF-001..019, AMB-73)."""

from enum import StrEnum
from typing import Annotated

from pydantic import PlainSerializer


class Permission(StrEnum):
    """What a role grants; the display names are in the catalogue as `permission-<code>`."""

    REQUESTS_VIEW = 'requests.view'  # all requests in scope; without it only those one is named in
    REQUESTS_EDIT = 'requests.edit'  # «Создание и обновление»
    REQUESTS_CHAT = 'requests.chat'  # «Отправка сообщений в чат»
    REQUESTS_APPROVE = 'requests.approve'  # «Согласование заявок»
    REQUESTS_CANCEL = 'requests.cancel'  # «Отмена заявок»
    REQUESTS_REPORT = 'requests.report'  # «Возможность выгрузки отчета»
    REQUESTS_COMPLETE = 'requests.complete'  # «Перевод заявок в статус «Выполнено»»
    PARTNER_ORDERS = 'partner-orders'  # «Клиентский сервис» → «Заказы у партнеров»
    INVOICES_EDIT = 'invoices.edit'  # «Сервисы ЖКХ → Счета: Редактирование»
    INVOICES_DISCOUNT = 'invoices.discount'  # «... Возможность выставления скидок»
    REFUNDS = 'invoices.refund'  # «Клиентский центр → Обращения: Возврат по счету»
    PAYMENTS_VIEW = 'payments.view'  # «Счета и платежи» → «Платежи»
    PAYMENTS_MARKETPLACE = 'payments.marketplace'  # «... Платежи: Маркетплейс»
    OFFERINGS_EDIT = 'offerings.edit'  # «редактирование услуг»
    CATEGORIES_EDIT = 'categories.edit'  # «управление категориями Маркетплейса»
    PREMISES_VIEW = 'premises.view'  # buildings, premises and accounts in scope
    PREMISES_EDIT = 'premises.edit'  # changing them
    CLIENTS_VIEW = 'clients.view'  # clients in scope with their contacts
    CLIENTS_EDIT = 'clients.edit'  # changing them, deciding on registrations
    CALLS_VIEW = 'calls.view'  # «Управление» → «Звонки»
    CALLS_LISTEN = 'calls.listen'  # the recordings of calls
    STAFF_EDIT = 'staff.edit'  # employees and departments
    ROLES_EDIT = 'roles.edit'  # roles, their permissions and notification matrix
    SETTINGS_EDIT = 'settings.edit'  # the organisation, its legal entities and integrations
    MARKETPLACE = 'marketplace'  # «Коммерческие сервисы» → «Маркетплейс»: partners and their offers


GOVERNING = frozenset({Permission.STAFF_EDIT, Permission.ROLES_EDIT})
"""Who holds both and sees all places can give everything back to everybody: one such employee is kept."""


class NotificationKind(StrEnum):
    """What staff are told of; the names of NTF-002..019 are in the catalogue as `kind-<code>`."""

    ASSIGNED = 'assigned'  # to the one named as assignee
    NAMED_CONTROLLER = 'named_controller'  # to the one named as controller
    QUALITY_CONTROL_NEEDED = 'quality_control_needed'  # to the controller
    SUSPENSION_ENDING = 'suspension_ending'  # the date of resumption has come
    REQUEST_CREATED = 'request_created'
    TASK_CREATED = 'task_created'
    REQUEST_CHANGED = 'request_changed'  # client, address, offering or order form
    STATUS_CHANGED = 'status_changed'
    REQUEST_APPROVED = 'request_approved'
    COMMENT_ADDED = 'comment_added'
    CHAT_MESSAGE_RECEIVED = 'chat_message_received'  # from the client
    REQUEST_RATED = 'request_rated'
    RATING_CHANGED = 'rating_changed'
    EXECUTION_BREACHED = 'execution_breached'
    EXECUTION_DEADLINE_NEAR = 'execution_deadline_near'
    TASK_DEADLINE_NEAR = 'task_deadline_near'
    PAYMENT_RECEIVED = 'payment_received'
    MONEY_RETURNED = 'money_returned'  # requested by the client, and made (AMB-70)
    CLOSING_RECEIPT_STUCK = 'closing_receipt_stuck'  # «Нет второго чека»: to who sees all payments
    RECONCILIATION_DIFFERED = 'reconciliation_differed'  # «Расхождение сверки»: to who sees all payments


class MatrixChannel(StrEnum):
    """A column of the role's tab «Уведомления»."""

    PUSH = 'push'  # feeds the list in the system as well (NTF-020, AMB-76)
    EMAIL = 'email'


Permissions = Annotated[
    frozenset[Permission], PlainSerializer(sorted, return_type=list[Permission], when_used='json')
]
"""A set of permissions, told in alphabetical order."""

Channels = Annotated[
    frozenset[MatrixChannel], PlainSerializer(sorted, return_type=list[MatrixChannel], when_used='json')
]
"""The ticked columns of one line of the matrix."""

Matrix = dict[NotificationKind, Channels]
"""The ticks of a role; a kind without ticks may be absent."""
