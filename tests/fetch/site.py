"""A real web server on loopback that serves invented pages, and whatever faults a test asks for."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What the server sends. `declared` overrides Content-Length; `then` does something to the connection after the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    declared: int | None = None
    is_reset: bool = False  # the connection is reset after the body
    drip: float = 0.0  # seconds between the body's bytes
    wait: float = 0.0  # seconds before the head


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    at: float  # time.monotonic() when it came


class Site:
    """Pages by path: a Reply, or a function of the request. Everything that was asked is in `requests`."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Callable[[Request], Reply]] = {}
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.serve(self)

            def log_message(self, *_: object) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.root = f"http://{self.host}"

    def page(self, path: str, body: str | bytes = b"", **reply: object) -> str:
        """Puts a page there and returns its address."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = Reply(content, **reply)  # type: ignore[arg-type]
        return self.root + path

    def asked(self, path: str | None = None) -> list[Request]:
        return [request for request in self.requests if path is None or request.path == path]

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        request = Request(handler.path, {k.lower(): v for k, v in handler.headers.items()}, time.monotonic())
        with self._lock:
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            found = self.pages.get(handler.path, Reply(b"no such page", 404))
            self._send(handler, found(request) if callable(found) else found)
        finally:
            with self._lock:
                self._at_once -= 1

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        time.sleep(reply.wait)
        handler.send_response(reply.status)
        headers = {"Content-Type": "text/html; charset=utf-8"} | reply.headers
        if "Transfer-Encoding" not in headers:
            headers["Content-Length"] = str(len(reply.body) if reply.declared is None else reply.declared)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            pieces = [reply.body[i : i + 1] for i in range(len(reply.body))] if reply.drip else [reply.body]
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(reply.drip)
        except OSError:
            handler.close_connection = True  # the client had enough
        if reply.declared is not None:
            handler.close_connection = True
        if reply.is_reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            handler.close_connection = True


@contextmanager
def running_site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()
