"""What clients hear of from the bus."""

from chalicelib.clients import service
from chalicelib.identity.events import SignedIn
from chalicelib.kit.caller import Audience
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered

workers = Lambdas(__name__)


@workers.each_message
def note_sign_in(delivered: Delivered) -> None:
    """A resident signed in: his card shows when (CLI-025)."""
    signed_in = SignedIn.model_validate(delivered.event)
    if signed_in.audience is Audience.RESIDENT:
        service.note_sign_in(signed_in.organisation, signed_in.subject_id, signed_in.at)
