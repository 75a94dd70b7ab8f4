"""The log, the metrics and the thread that ties a call to everything it caused."""

import contextlib
import json
import re
from collections.abc import Iterator
from contextvars import ContextVar

from aws_lambda_powertools import Logger

from chalicelib.kit import clock, settings
from chalicelib.kit.ids import new_id

log = Logger(service='domovoy', level=settings.optional('LOG_LEVEL', 'INFO'), use_rfc3339=True, utc=True)

_correlation: ContextVar[str] = ContextVar('correlation', default='')
_ACCEPTED = re.compile(r'[A-Za-z0-9._:-]{1,128}')


def correlation() -> str:
    """The id of the call that caused what is going on, empty outside any."""
    return _correlation.get()


@contextlib.contextmanager
def correlated(wish: str | None = None) -> Iterator[str]:
    """Inside the block everything logged and announced carries one id: `wish` if decent, or a new one."""
    chosen = wish if wish and _ACCEPTED.fullmatch(wish) else new_id()
    token = _correlation.set(chosen)
    log.set_correlation_id(chosen)
    try:
        yield chosen
    finally:
        _correlation.reset(token)


def count(metric: str, value: float = 1, unit: str = 'Count', **dimensions: str) -> None:
    """One figure for CloudWatch, as an embedded-metric line of the log.

    It is counted by its dimensions and without them as well, which alarms on all of them look at.
    """
    if settings.optional('METRICS', 'on') == 'off':
        return
    names = sorted(dimensions)
    embedded = {
        '_aws': {
            'Timestamp': int(clock.now().timestamp() * 1000),
            'CloudWatchMetrics': [
                {
                    'Namespace': 'Domovoy',
                    'Dimensions': [names, []] if names else [[]],
                    'Metrics': [{'Name': metric, 'Unit': unit}],
                }
            ],
        },
        metric: value,
        **dimensions,
    }
    print(json.dumps(embedded))  # noqa: T201 - the log line is the interface of CloudWatch's metrics
