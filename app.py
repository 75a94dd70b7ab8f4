"""Contents page: the doors of the house, each said once. No view lives here."""

from importlib import import_module

from chalice.app import Chalice, CORSConfig

from chalicelib.activity import routes as activity
from chalicelib.catalogue import routes as catalogue
from chalicelib.clients import routes as clients
from chalicelib.figures import routes as figures
from chalicelib.identity import routes as identity
from chalicelib.identity.service import authenticate
from chalicelib.kit import docs, outbox
from chalicelib.kit.http import authenticate_with
from chalicelib.notifications import routes as notifications
from chalicelib.premises import routes as premises
from chalicelib.reports import routes as reports
from chalicelib.requests import routes as requests
from chalicelib.requests import steps as requests_steps
from chalicelib.staff import routes as staff

app = Chalice(app_name='domovoy')
app.api.cors = CORSConfig(
    allow_origin='*',
    allow_headers=['Accept-Language', 'Idempotency-Key', 'If-Match', 'X-Request-Id'],
    expose_headers=['ETag', 'Idempotency-Replayed', 'Retry-After', 'X-Request-Id'],
    max_age=600,
)
authenticate_with(authenticate)

HOUSES = (activity, catalogue, clients, docs, figures, identity, notifications, premises, reports, requests,
          staff)  # fmt: skip
for house in HOUSES:
    for door in house.doors:
        app.register_blueprint(door)

for name in ('activity', 'clients', 'figures', 'messaging', 'notifications', 'reports', 'requests'):
    app.register_blueprint(import_module(f'chalicelib.{name}.workers').workers, name_prefix=f'{name}_')
app.register_blueprint(outbox.forwarding, name_prefix='outbox_')
app.register_blueprint(requests_steps.steps, name_prefix='requests_')
