"""The Chalice application as API Gateway would call it, from many threads at once.

Stands on Chalice's own local gateway (events, authorizers, CORS answers) and repairs what that one does not
do: several requests at a time, escaped path parameters, bodies that are bytes, and finding a route quickly.
"""

import base64
import threading
import urllib.parse
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LocalGateway, LocalGatewayException, MatchResult, RouteMatcher

Headers = dict[str, Any]


class Reply(NamedTuple):
    """What goes back over the wire."""

    status: int
    headers: Headers
    body: bytes = b''


class _EachThread:
    """Gives an application a current request for each thread, as each Lambda environment has its own."""

    _own = threading.local()

    @property
    def current_request(self) -> Any:
        return getattr(self._own, 'request', None)

    @current_request.setter
    def current_request(self, request: Any) -> None:
        self._own.request = request

    @property
    def lambda_context(self) -> Any:
        return getattr(self._own, 'context', None)

    @lambda_context.setter
    def lambda_context(self, context: Any) -> None:
        self._own.context = context


def make_thread_safe(application: Chalice) -> Chalice:
    """`current_request` and `lambda_context` of the application are those of the calling thread."""
    kind = type(application)
    if not issubclass(kind, _EachThread):
        application.__class__ = type(f'Local{kind.__name__}', (_EachThread, kind), {})
        for name in ('current_request', 'lambda_context'):
            application.__dict__.pop(name, None)
    return application


class _Routes(RouteMatcher):
    """Finds a route among those of the same length only; Chalice compares with every route there is."""

    def __init__(self, urls: list[str]) -> None:
        super().__init__(urls)
        self._plain = {url for url in urls if '{' not in url}
        self._by_length: dict[int, list[tuple[str, list[str]]]] = {}
        # A literal segment wins over a parameter, as in API Gateway.
        for url in sorted(urls, key=lambda one: [part.startswith('{') for part in one.split('/')]):
            parts = url.split('/')
            self._by_length.setdefault(len(parts), []).append((url, parts))

    def match_route(self, url: str) -> MatchResult:
        path, _, query = url.partition('?')
        asked = urllib.parse.parse_qs(query, keep_blank_values=True)
        if path != '/' and path.endswith('/'):
            path = path[:-1]
        if path in self._plain:
            return MatchResult(path, {}, asked)
        given = path.split('/')
        for route, parts in self._by_length.get(len(given), ()):
            captured = {}
            for part, value in zip(parts, given, strict=True):
                if part.startswith('{'):
                    if not value:
                        break
                    captured[part[1:-1]] = urllib.parse.unquote(value)
                elif part != value:
                    break
            else:
                return MatchResult(route, captured, asked)
        raise ValueError(f'no matching route found for {url}')


class Gateway(LocalGateway):
    """Answers HTTP requests with the application."""

    def __init__(self, application: Chalice, config: Config) -> None:
        super().__init__(make_thread_safe(application), config)
        self._binary = set(application.api.binary_types)
        self.event_converter._route_matcher = _Routes(list(application.routes))
        self.event_converter._is_binary = self._is_binary  # type: ignore[method-assign]

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        """The reply of the API to a request whose path is still escaped."""
        # API Gateway answers HEAD only where the API declares it; everyone else expects it wherever GET is.
        asked = 'GET' if method == 'HEAD' and not self._declares('HEAD', path) else method
        if asked != 'OPTIONS' and not self._declares(asked, path):
            return Reply(403, {'x-amzn-ErrorType': 'MissingAuthenticationTokenException'}, NO_SUCH_ROUTE)
        try:
            answer = self.handle_request(asked, path, dict(headers), body)
        except LocalGatewayException as refusal:
            return Reply(refusal.CODE, dict(refusal.headers), refusal.body or b'')
        content = answer.get('body') or ''
        if answer.get('isBase64Encoded'):
            content = base64.b64decode(content)
        elif isinstance(content, str):
            content = content.encode()
        both = {**(answer.get('headers') or {}), **(answer.get('multiValueHeaders') or {})}
        return Reply(answer['statusCode'], both, content)

    def _declares(self, method: str, path: str) -> bool:
        try:
            route = self.event_converter._route_matcher.match_route(path).route
        except ValueError:
            return False
        return method in self._app_object.routes[route]

    def _generate_lambda_event(
        self, method: str, path: str, headers: Headers, body: bytes | None
    ) -> dict[str, Any]:
        event: dict[str, Any] = super()._generate_lambda_event(method, path, headers, body)
        if isinstance(event.get('body'), bytes):
            # Text, unless the media type is declared binary; Chalice encoded those already.
            event['body'] = event['body'].decode('utf-8', 'replace')
        context = event['requestContext']
        context['requestId'] = str(uuid.uuid4())
        context['stage'] = self._config.chalice_stage
        context['identity']['userAgent'] = headers.get('user-agent', '')
        event['pathParameters'] = event['pathParameters'] or None
        return event

    def _is_binary(self, headers: Mapping[str, str]) -> bool:
        given = next((value for name, value in headers.items() if name.lower() == 'content-type'), '')
        return given.split(';')[0].strip() in self._binary


NO_SUCH_ROUTE = b'{"message":"Missing Authentication Token"}'
