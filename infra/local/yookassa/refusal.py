"""An error as the provider tells it."""

import uuid
from collections.abc import Mapping
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json

STATUSES = {
    'invalid_request': 400,
    'invalid_credentials': 401,
    'forbidden': 403,
    'not_found': 404,
    'too_many_requests': 429,
    'internal_server_error': 500,
}


class Refused(Exception):
    """`code` decides the status; `parameter` is what is wrong with the request."""

    def __init__(self, code: str, description: str, parameter: str = '', **more: Any) -> None:
        super().__init__(f'{code} {parameter}: {description}')
        self.code, self.parameter = code, parameter
        told = {'type': 'error', 'id': str(uuid.uuid4()), 'code': code, 'description': description}
        self.told: Mapping[str, Any] = told | ({'parameter': parameter} if parameter else {}) | more

    @property
    def reply(self) -> Reply:
        """As it goes over the wire."""
        return as_json(self.told, STATUSES[self.code])


def wrong(parameter: str, description: str) -> Refused:
    """The request is not as it should be."""
    return Refused('invalid_request', description, parameter)
