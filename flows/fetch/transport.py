"""httpx over connections that flows/fetch/address.py checks and watches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpcore
import httpx

from flows.fetch.address import CheckedBackend


class Transport(httpx.BaseTransport):
    """httpx over connections to checked addresses. HTTP/1.1, one connection a request."""

    def __init__(self, backend: CheckedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=None,
            max_keepalive_connections=0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        with _as_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _as_httpx:
    """Turns httpcore's errors into httpx's, by name: the two have the same ones."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, _: object) -> None:
        if isinstance(error, Exception) and kind.__module__.startswith("httpcore"):
            raise getattr(httpx, kind.__name__, httpx.TransportError)(str(error)) from error
