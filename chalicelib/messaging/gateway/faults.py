"""What a fault of AWS means for a message: whether it was sent, and whether to try again."""

from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
)

from chalicelib.kit.aws import code_of
from chalicelib.messaging.model import Ambiguous, Answer, NotNow, Rejected

_THROTTLED = frozenset(
    {
        'Throttled', 'Throttling', 'ThrottledException', 'ThrottlingException', 'TooManyRequestsException',
        'LimitExceededException', 'RequestLimitExceeded',
    }
)  # fmt: skip
_SERVER_ERROR = 500
THROTTLED_SECONDS = 30


def judged(fault: Exception, rejected: frozenset[str]) -> Answer:
    """The answer that a fault of a sending call means; `rejected` are the codes that will not get better."""
    code = code_of(fault)
    if isinstance(fault, ClientError):
        status = int(fault.response.get('ResponseMetadata', {}).get('HTTPStatusCode', 0))
        if code in _THROTTLED or f'{code}Exception' in _THROTTLED:
            return NotNow(code, THROTTLED_SECONDS)
        if code in rejected:
            return Rejected(code)
        return Ambiguous(code) if status >= _SERVER_ERROR else NotNow(code)
    if isinstance(fault, EndpointConnectionError | ConnectTimeoutError | NoCredentialsError):
        return NotNow(code)
    return Ambiguous(code)
