"""The queue of what happens in the bucket, and the clock that clears away what nobody took."""

from pydantic import Field

from chalicelib.files import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.values import Stored

workers = Lambdas(__name__)


class Named(Stored):
    """An object of the bucket; its key as it is, not encoded."""

    key: str


class Happened(Stored):
    """The detail of what S3 tells the bus: an object was created, or has other tags."""

    named: Named = Field(alias='object')


@workers.each_message
def inspect(happened: Happened) -> None:
    """The file of the object is received, or its verdict recorded."""
    service.hear(happened.named.key)


@workers.every('1 minute')
def sweep() -> None:
    """Files without an owner are looked after; a missed run is caught up by the next."""
    service.sweep()
