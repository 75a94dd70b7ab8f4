"""Contents page: the doors of the house, each said once. No view lives here."""

from importlib import import_module

from chalice.app import Chalice, CORSConfig

from chalicelib.identity.service import authenticate
from chalicelib.kit import docs, outbox
from chalicelib.kit.http import authenticate_with
from chalicelib.live.workers import sockets

app = Chalice(app_name='domovoy')
app.experimental_feature_flags.add('WEBSOCKETS')
app.api.cors = CORSConfig(
    allow_origin='*',
    allow_headers=['Accept-Language', 'Idempotency-Key', 'If-Match', 'X-Request-Id'],
    expose_headers=['ETag', 'Idempotency-Replayed', 'Retry-After', 'X-Request-Id'],
    max_age=600,
)
authenticate_with(authenticate)

WITH_DOORS = (
    'activity', 'billing', 'calls', 'catalogue', 'clients', 'conversations', 'documents', 'figures', 'files',
    'identity', 'incidents', 'live', 'notifications', 'papers', 'premises', 'prices', 'registers', 'reports',
    'requests', 'staff', 'tasks',
)  # fmt: skip
WITH_WORKERS = (
    'activity', 'billing', 'calls', 'clients', 'conversations', 'figures', 'files', 'incidents', 'live',
    'messaging', 'notifications', 'papers', 'prices', 'registers', 'reports', 'requests', 'tasks',
)  # fmt: skip
WITH_STEPS = ('billing', 'requests')
for house in (docs, *(import_module(f'chalicelib.{name}.routes') for name in WITH_DOORS)):
    for door in house.doors:
        app.register_blueprint(door)
for name in WITH_WORKERS:
    app.register_blueprint(import_module(f'chalicelib.{name}.workers').workers, name_prefix=f'{name}_')
app.register_blueprint(sockets)
app.register_blueprint(outbox.forwarding, name_prefix='outbox_')
for name in WITH_STEPS:
    app.register_blueprint(import_module(f'chalicelib.{name}.steps').steps, name_prefix=f'{name}_')
