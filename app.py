"""Contents page: the doors of the house, each said once. No view lives here."""

from chalice.app import Chalice, CORSConfig

from chalicelib.activity import routes as activity
from chalicelib.activity import workers as activity_workers
from chalicelib.catalogue import routes as catalogue
from chalicelib.clients import routes as clients
from chalicelib.clients import workers as clients_workers
from chalicelib.identity import routes as identity
from chalicelib.identity.service import authenticate
from chalicelib.kit import docs, outbox
from chalicelib.kit.http import authenticate_with
from chalicelib.messaging import workers as messaging_workers
from chalicelib.notifications import routes as notifications
from chalicelib.notifications import workers as notifications_workers
from chalicelib.premises import routes as premises
from chalicelib.requests import routes as requests
from chalicelib.requests import steps as requests_steps
from chalicelib.requests import workers as requests_workers
from chalicelib.staff import routes as staff

app = Chalice(app_name='domovoy')
app.api.cors = CORSConfig(
    allow_origin='*',
    allow_headers=['Accept-Language', 'Idempotency-Key', 'If-Match', 'X-Request-Id'],
    expose_headers=['ETag', 'Idempotency-Replayed', 'Retry-After', 'X-Request-Id'],
    max_age=600,
)
authenticate_with(authenticate)

for house in (activity, catalogue, clients, docs, identity, notifications, premises, requests, staff):
    for door in house.doors:
        app.register_blueprint(door)

for room in (activity_workers, clients_workers, messaging_workers, notifications_workers, requests_workers):
    app.register_blueprint(room.workers, name_prefix=f'{room.__name__.split(".")[1]}_')
app.register_blueprint(outbox.forwarding, name_prefix='outbox_')
app.register_blueprint(requests_steps.steps, name_prefix='requests_')
