"""The HTTP door: views with typed arguments become routes of the app."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from chalice.app import Blueprint, Chalice, Response

from chalicelib.kit.caller import Audience
from chalicelib.kit.calls import ANY_AUDIENCE, Call, authenticate_with
from chalicelib.kit.html import Page
from chalicelib.kit.operations import Operation, register

__all__ = ['ANY_AUDIENCE', 'Api', 'authenticate_with']

# Chalice would refuse other types itself, in its own words: all come as far as our own refusal.
_CONTENT_TYPES = ['*/*']


class Api(Blueprint):
    """A blueprint of the routes of one audience; `audience` None is for doors without a token."""

    def __init__(self, import_name: str, prefix: str, audience: Audience | str | None = None) -> None:
        super().__init__(import_name)
        self._prefix = prefix
        self._audience = audience
        self._views: list[tuple[str, str, Callable[..., Any]]] = []

    def register(self, app: Chalice, options: dict[str, Any]) -> None:
        """The views are routes of the app; a second app may have them too."""
        # Chalice takes a route's methods out of the declaration when it registers it: declare it anew.
        self._deferred_registrations = []
        for method, path, view in self._views:
            self.route(path, methods=[method], content_types=_CONTENT_TYPES)(view)
        super().register(app, options)

    def get(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that reads."""
        return self._typed('GET', path, HTTPStatus.OK, **options)

    def post(self, path: str = '', status: int = HTTPStatus.OK, **options: Any) -> Callable[..., Any]:
        """A view that does or makes; it honours `Idempotency-Key`."""
        return self._typed('POST', path, status, **options)

    def put(self, path: str = '', status: int = HTTPStatus.OK, **options: Any) -> Callable[..., Any]:
        """A view that sets the whole."""
        return self._typed('PUT', path, status, **options)

    def patch(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that changes some fields."""
        return self._typed('PATCH', path, HTTPStatus.OK, **options)

    def delete(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that removes."""
        return self._typed('DELETE', path, HTTPStatus.NO_CONTENT, **options)

    def _typed(
        self, method: str, path: str, status: int, *, permission: str | None = None, tag: str = '',
        page: Page | None = None,
    ) -> Callable[..., Any]:
        full = self._prefix + path

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            operation = Operation.of(view, method, full, status, self._audience, permission, tag, page)
            register(operation)

            @functools.wraps(view)
            def guarded(**path_values: str) -> Response:
                return Call(operation, view, self.current_request, path_values).answer()

            self._views.append((method, full, guarded))
            return view

        return decorate
