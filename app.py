"""Contents page: the doors of the house, each said once. No view lives here."""

from importlib import import_module

from chalice.app import Chalice, CORSConfig

from chalicelib.identity.service import authenticate
from chalicelib.kit import docs, outbox
from chalicelib.kit.http import authenticate_with
from chalicelib.requests import steps as requests_steps

app = Chalice(app_name='domovoy')
app.api.cors = CORSConfig(
    allow_origin='*',
    allow_headers=['Accept-Language', 'Idempotency-Key', 'If-Match', 'X-Request-Id'],
    expose_headers=['ETag', 'Idempotency-Replayed', 'Retry-After', 'X-Request-Id'],
    max_age=600,
)
authenticate_with(authenticate)

WITH_DOORS = (
    'activity', 'catalogue', 'clients', 'conversations', 'figures', 'identity', 'notifications', 'premises',
    'reports', 'requests', 'staff',
)  # fmt: skip
for house in (docs, *(import_module(f'chalicelib.{name}.routes') for name in WITH_DOORS)):
    for door in house.doors:
        app.register_blueprint(door)

for name in ('activity', 'clients', 'figures', 'messaging', 'notifications', 'reports', 'requests'):
    app.register_blueprint(import_module(f'chalicelib.{name}.workers').workers, name_prefix=f'{name}_')
app.register_blueprint(outbox.forwarding, name_prefix='outbox_')
app.register_blueprint(requests_steps.steps, name_prefix='requests_')
