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
    'challenge_id': 'demo_nothing', 'tab': 'all', 'incident_id': 'water',
    'assignee_id': 'ivan',
}  # fmt: skip
"""Texts whose form a schema does not show, by the name of the field."""

IDS = {
    'places': 'building_id', 'building_ids': 'building_id', 'assignee_ids': 'crew', 'ids': 'notification',
    'department_ids': 'department_id', 'administrator_ids': 'crew',
}  # fmt: skip
"""Whose ids stand in a list, by the name of the list."""

NUMBERS = {
    'answer': 'clarification', 'approve': 'approval', 'clarify': 'approval', 'complete': 'in_progress',
    'check': 'controlled', 'suspend': 'in_progress', 'return': 'quality_control', 'reopen': 'done',
    'rate': 'done', 'history': 'done',
}  # fmt: skip
"""In which status an action finds its request; others find it waiting."""

LEFT_OUT: dict[str, set[str]] = {
    'staff_requests_create': {'unregistered', 'form'},
    'staff_requests_edit': {'unregistered', 'form', 'client_id', 'premises_id', 'building_id'},
    'resident_requests_create_own': {'form'},
    'staff_clients_change_client': {'phone', 'external_ids'},
    'staff_catalogue_create': {'fields', 'building_ids'},
    'staff_catalogue_change': {'fields', 'building_ids'},
    'staff_notifications_read_notifications': {'all'},
    'resident_notifications_read_own': {'all'},
    'public_identity_send_code': {'email'},
    'staff_staff_organisation_create_legal_entity': {'bank_account'},
    'staff_staff_organisation_change_legal_entity': {'bank_account'},
    'staff_requests_assign': {'controller_id'},
}
"""Fields that exclude what else is there, or ask for more than a schema tells."""

PATHS: dict[str, dict[str, str]] = {
    'staff_staff_organisation_archive_department': {'department_id': 'spare_department'},
    'staff_premises_remove_premises': {'premises_id': 'empty'},
    'staff_premises_remove_building': {'building_id': 'vacant'},
    'staff_clients_unblock_client': {'client_id': 'blocked'},
}
"""Whose ids stand in a path where the usual thing is not in the state that is needed."""

CHOSEN = {
    'staff_clients_settle_client': {'premises_id': 'elsewhere'},
    'staff_requests_edit': {'offering_id': 'other_offering'},
}
"""Whose ids stand in a body where the usual ones would change nothing."""


def path_of(operation: Operation, town: Town) -> str:
    """The operation's path with real ids of the town."""
    changed = PATHS.get(operation.name, {})
    action = operation.path.rpartition('/')[2]
    values: dict[str, Any] = {}
    for name in operation.path_type.model_fields:
        if name == 'number':
            values[name] = town.numbers[NUMBERS.get(action, 'waiting')]
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
    body = {name: value for name, value in whole.items() if name not in LEFT_OUT.get(operation.name, ())}
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
