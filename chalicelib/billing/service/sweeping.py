"""The clock of money: whatever the provider is to be asked about is asked, also what a death left behind."""

from datetime import timedelta

from chalicelib.billing import repository
from chalicelib.billing.service.asking import ask
from chalicelib.kit import clock, telemetry
from chalicelib.kit.errors import DomainError

LONGEST = timedelta(seconds=200)
"""A run ends by itself before its function is ended."""


def sweep() -> None:
    """Every payment and repayment that is due is asked about, the longest waiting first.

    One that fails leaves the others alone and is due again; what time does not suffice for the next minute
    finds, and a metric tells of it.
    """
    begun = clock.now()
    for shard in range(repository.SHARDS):
        for organisation, thing_id in repository.due_by(begun, shard):
            if clock.now() - begun > LONGEST:
                telemetry.count('PaymentsBehind')
                return
            try:
                ask(organisation, thing_id)
            except DomainError as refusal:
                telemetry.log.warning('not asked', thing=thing_id, reason=str(refusal))
            except Exception:
                telemetry.log.exception('not asked', thing=thing_id)
                telemetry.count('HandlerFaults', handler='sweep')
