"""Contents page: the doors of the house, each said once. No view lives here."""

from chalice.app import Chalice

from chalicelib.kit import outbox

app = Chalice(app_name='domovoy')
app.register_blueprint(outbox.forwarding, name_prefix='outbox_')
