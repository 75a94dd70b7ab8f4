"""A decent call of any operation: made from its schemas, with the real ids of a town.

A new door is covered by what its schema says; where that cannot tell (a state that must be there first, two
fields that exclude each other) it is said in `BODIES`, `NUMBERS` or `IDS`.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from chalicelib.kit import clock
from chalicelib.kit.operations import Operation
from tests.conftest import NOON
from tests.refusals.fields import Json, _plain, schema_of, schema_of_query
from tests.refusals.town import SEEDED_ROLE, Town

TOMORROW = clock.text(NOON + timedelta(days=1))

TEXTS = {
    'phone': '+79165550000', 'administrator_phone': '+79165550001', 'email': 'new@romashka.example',
    'inn': '7707083893', 'kpp': '770701001', 'ogrn': '1027700132195', 'zone': 'Europe/Samara',
    'snils': '112-233-445 95', 'postcode': '123456', 'code': 'meters', 'token': 'a' * 40,
    'resumption_reminder_at': '10:30', 'bik': '044525225', 'account': '40702810900000000001',
    'correspondent': '30101810400000000225', 'sender': 'MYUK', 'organisation': 'demo', 'search': 'Сле',
    'challenge_id': 'demo_nothing', 'tab': 'all',
    'assignee_id': 'ivan', 'id': 'some', 'quantity_field': 'meters', 'choice_field': 'when',
    'quantity': '2', 'discount': '5', 'event_id': 'e-1', 'client_phone': '+79165550002',
    'recording_url': 'https://records.example/1.mp3', 'recording_hosts': 'sound.example',
    'send_time': '10:30', 'return_url': 'https://app.example/paid', 'shop_id': '100500',
    'secret_key': 'test_secret',
}  # fmt: skip
"""Texts whose form a schema does not show, by the name of the field."""

DAYS = {'send_on': TOMORROW[:10], 'day': clock.text(NOON - timedelta(days=1))[:10]}
"""Days that have to be ahead, or just over, by the name of the field."""

IDS = {
    'places': 'building_id', 'building_ids': 'building_id', 'assignee_ids': 'crew', 'ids': 'notification',
    'department_ids': 'department_id', 'administrator_ids': 'crew', 'group_ids': 'group_id',
    'offering_ids': 'offering_id',
}  # fmt: skip
"""Whose ids stand in a list, by the name of the list."""

NUMBERS = {
    'answer': 'clarification', 'approve': 'approval', 'clarify': 'approval', 'complete': 'in_progress',
    'check': 'controlled', 'suspend': 'in_progress', 'return': 'quality_control', 'reopen': 'done',
    'rate': 'done', 'history': 'done',
    'refund': 'refundable', 'refund-request': 'refundable',
    'staff_billing_refunds_approve': 'refund_asked', 'staff_billing_refunds_reject': 'refund_asked',
    'staff_billing_refunds_retry': 'refund_failed',
    'documents': 'suspended', '{document_id}': 'suspended', 'calls': 'done',
}  # fmt: skip
"""In which status an action, or the operation of that name, finds its request; others find it waiting."""

LEFT_OUT: dict[str, set[str]] = {
    'staff_requests_create': {'unregistered', 'form'},
    'staff_requests_edit': {'unregistered', 'form', 'client_id', 'premises_id', 'building_id'},
    'resident_requests_create_own': {'form'},
    'staff_clients_change_client': {'phone', 'external_ids'},
    'staff_catalogue_create': {'fields', 'building_ids', 'automatic_invoice'},
    'staff_catalogue_change': {'fields', 'building_ids', 'automatic_invoice'},
    'staff_notifications_read_notifications': {'all'},
    'resident_notifications_read_own': {'all'},
    'public_identity_send_code': {'email'},
    'staff_staff_organisation_create_legal_entity': {'bank_account'},
    'staff_staff_organisation_change_legal_entity': {'bank_account'},
    'staff_requests_assign': {'controller_id'},
    'staff_billing_invoices_draw': {'positions.id'},
    'staff_billing_invoices_edit': {'positions.id'},
    'staff_billing_refunds_make': {'lines'},
    'staff_billing_refunds_approve': {'lines'},
    'resident_billing_refunds_ask_back': {'amount'},
    'resident_billing_payments_pay': {'card_id'},
    'public_calls_hooks_hear': {'recording_url'},
    'staff_tasks_checklists_add_checklist': {'name', 'items'},
    'staff_incidents_enter': {'works_since'},
    'staff_incidents_change': {'works_since'},
}
"""Fields that exclude what else is there, or ask for more than a schema tells; `list.field` is of entries."""

PATHS: dict[str, dict[str, str]] = {
    'staff_staff_organisation_archive_department': {'department_id': 'spare_department'},
    'staff_premises_remove_premises': {'premises_id': 'empty'},
    'staff_premises_remove_building': {'building_id': 'vacant'},
    'staff_clients_unblock_client': {'client_id': 'blocked'},
    'staff_prices_restore': {'price_id': 'archived_price'},
    'staff_calls_desk_detach': {'call_id': 'attached_call'},
    'staff_billing_invoices_withdraw': {'invoice_id': 'issued_invoice'},
    'staff_billing_invoices_make_unpaid': {'invoice_id': 'paid_invoice'},
    'resident_billing_payments_pay': {'invoice_id': 'issued_invoice'},
    'staff_billing_mending_retry_receipt': {'invoice_id': 'stuck_invoice', 'payment_id': 'lost_receipt'},
    'staff_billing_mending_confirm_receipt': {'invoice_id': 'stuck_invoice', 'payment_id': 'lost_receipt'},
    'staff_billing_mending_retry_return': {'invoice_id': 'stuck_invoice', 'payment_id': 'stuck_payment'},
    'staff_billing_links_preview': {'invoice_id': 'linked_invoice'},
    'staff_billing_links_send': {'invoice_id': 'linked_invoice'},
    'resident_files_read_own': {'file_id': 'own_file'},
    'staff_incidents_suspend': {'incident_id': 'begun_incident'},
    'staff_incidents_read_history': {'incident_id': 'begun_incident'},
    'staff_reports_read_of_payments': {'report_id': 'payments_report'},
    'staff_reports_cancel_of_payments': {'report_id': 'payments_report'},
    'staff_papers_order': {'invoice_id': 'paid_invoice'},
    'staff_papers_read': {'invoice_id': 'issued_invoice'},
}
"""Whose ids stand in a path where the usual thing is not in the state that is needed."""

CHOSEN = {
    'staff_conversations_chat_send_message': {'file_id': 'chat_file'},
    'staff_conversations_deferred_defer_message': {'file_id': 'chat_file'},
    'resident_conversations_chat_send_own_message': {'file_id': 'own_file'},
    'staff_prices_order_import': {'file_id': 'import_file'},
    'staff_papers_give': {'file_id': 'template_file'},
    'staff_clients_settle_client': {'premises_id': 'elsewhere'},
    'staff_requests_edit': {'offering_id': 'other_offering'},
    'staff_billing_links_send': {'phone': 'strangers_phone'},
}
"""Whose ids stand in a body where the usual ones would change nothing."""


def path_of(operation: Operation, town: Town) -> str:
    """The operation's path with real ids of the town."""
    changed = PATHS.get(operation.name, {})
    action = operation.path.rpartition('/')[2]
    values: dict[str, Any] = {}
    for name in operation.path_type.model_fields:
        if name == 'number':
            status = NUMBERS.get(operation.name) or NUMBERS.get(action, 'waiting')
            values[name] = town.numbers[status]
        elif name == 'organisation':
            values[name] = town.organisation
        elif name == 'session_id':
            values[name] = town.ids['staff_session']
        else:
            values[name] = town.ids[changed.get(name, name)]
    return operation.path.format(**values)


def body_of(operation: Operation, town: Town) -> Any:
    """A body the operation takes, None where it takes none."""
    if operation.body_type is None:
        return None
    whole = whole_body(operation, town)
    left_out = LEFT_OUT.get(operation.name, set())
    body = {name: value for name, value in whole.items() if name not in left_out}
    for container, _, name in (one.rpartition('.') for one in left_out if '.' in one):
        for entry in body[container]:
            entry.pop(name)
    chosen = CHOSEN.get(operation.name, {})
    return body | {name: town.ids[identity] for name, identity in chosen.items()}


def whole_body(operation: Operation, town: Town) -> Any:
    """A body with every field there is, at any depth; some may exclude each other."""
    schema = schema_of(operation)
    return _sample(schema, schema, '', town)


def query_of(operation: Operation, town: Town, **changes: Any) -> str:
    """The query an operation cannot do without, with the changes, as it stands in the address."""
    return '?' + urlencode({**needed(operation, town), **changes}, doseq=True)


def needed(operation: Operation, town: Town) -> dict[str, Any]:
    """The parameters the operation cannot do without."""
    if operation.query_type is None:
        return {}
    schema = schema_of_query(operation)
    return {
        name: _sample(schema['properties'][name], schema, name, town) for name in schema.get('required', ())
    }


def _sample(schema: Json, root: Json, name: str, town: Town) -> Any:
    schema, _ = _plain(schema, root)
    if 'const' in schema:
        return schema['const']
    if 'enum' in schema:
        return schema['enum'][0]
    kind = schema.get('type') or ('string' if 'anyOf' in schema else None)
    if kind == 'object':
        return _object(schema, root, town)
    if kind == 'array':
        return [_sample(schema['items'], root, name, town)]
    if kind == 'string':
        return _text(schema, name, town)
    return {'boolean': True, 'integer': schema.get('minimum', 1), 'number': 1.5}.get(str(kind), 'что угодно')


def _object(schema: Json, root: Json, town: Town) -> Json:
    values = schema.get('additionalProperties')
    if isinstance(values, dict) and values:
        words = _plain(schema['propertyNames'], root)[0]['enum']
        return {words[0]: _sample(values, root, '', town)}
    return {name: _sample(field, root, name, town) for name, field in schema.get('properties', {}).items()}


def _text(schema: Json, name: str, town: Town) -> Any:
    if name in DAYS:
        return DAYS[name]
    formats = [branch.get('format') for branch in [schema, *schema.get('anyOf', ())]]
    for kind, text in (('date-time', TOMORROW), ('date', '2001-02-03'), ('duration', 'PT4H')):
        if kind in formats:
            return text
    if name == 'role_id':
        return SEEDED_ROLE
    if name in IDS or name in town.ids:
        return town.ids[IDS.get(name, name)]
    if schema.get('pattern') == '^[0-9]{6}$':
        return '123456'
    if name in TEXTS:
        return TEXTS[name]
    return 'Новое'[: schema.get('maxLength', 5)]
