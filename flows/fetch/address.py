"""Which addresses may be asked: http and https, at public places only, checked after DNS and pinned to what was checked."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
import weakref
from contextlib import suppress
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpcore

DEFAULT_PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
HEAD_END = b"\r\n\r\n"
LONGEST_HEAD = 128 * 1024
SURPLUS_WAIT = 0.05  # seconds
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")

HostPort = tuple[str, int]

DEADLINE: ContextVar[float] = ContextVar("deadline")
"""time.monotonic() at which the request of this thread ends, whatever comes in."""


class ForbiddenAddress(Exception):
    """An address that must not be asked; the message says why."""


def allowed_hosts(setting: str) -> frozenset[HostPort]:
    """Reads ONRECORD_ALLOW_HOSTS: host:port, separated by commas or spaces. Raises ValueError for anything else."""
    found = set()
    for item in re.split(r"[,\s]+", setting.strip()):
        if not item:
            continue
        host, separator, port = item.rpartition(":")
        if not separator or not host or not port.isdecimal():
            raise ValueError(f"ONRECORD_ALLOW_HOSTS: '{item}' is not host:port")
        found.add((host.strip("[]").lower(), int(port)))
    return frozenset(found)


def tidy(address: str) -> str:
    """The address without its fragment and without parameters that only track where a reader came from."""
    parts = urlsplit(address.strip())
    query = parts.query
    if TRACKING.search(query):
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(k)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def host_port(address: str) -> HostPort:
    """Host and port that an address leads to; raises ForbiddenAddress where it is none of the web."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenAddress(f"no address: {error}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise ForbiddenAddress(f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}:")
    if not host:
        raise ForbiddenAddress("no host in the address")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddress("the address holds a user name or password")
    return host.lower(), port or DEFAULT_PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast, reserved and unspecified addresses, also where IPv6 wraps them."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in NAT64:
            wrapped.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(str(inner)) for inner in wrapped):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only.

    The name is resolved once and the connection goes to the very address that was checked, so a name that answers
    differently a moment later gains nothing. TLS still verifies the name.
    """

    def __init__(self, allowed: frozenset[HostPort]) -> None:
        self._allowed = allowed
        self._sockets = httpcore.SyncBackend()
        self._open: weakref.WeakSet[WatchedStream] = weakref.WeakSet()
        self._is_closed = False

    def abort(self) -> None:
        """Ends all connections, also those that other threads wait on, and opens no more."""
        self._is_closed = True
        for stream in list(self._open):
            stream.abort()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> httpcore.NetworkStream:
        error: Exception | None = None
        if self._is_closed:
            raise httpcore.ConnectError("the client is closed")
        for address in self._checked(host, port):
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=_left(timeout, httpcore.ConnectTimeout), **options)
                watched = WatchedStream(stream)
                self._open.add(watched)
                return watched
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                error = problem
        raise error or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} could not be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if (host.lower(), port) in self._allowed:
            return addresses
        forbidden = [a for a in addresses if not is_public(a) and (a, port) not in self._allowed]
        if forbidden:  # one is enough: a name that mixes public and private addresses is up to no good
            raise ForbiddenAddress(f"{host} is at {forbidden[0]}, which is no public address")
        return addresses


class WatchedStream(httpcore.NetworkStream):
    """A connection that ends at the request's deadline, and that counts what came in beyond the answer's declared length.

    One connection serves one request (it is closed after it), so what is still there at its end was not declared.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._received = 0
        self._start = b""  # what came before the end of the answer's head was seen

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, timeout=_left(timeout, httpcore.ReadTimeout))
        if HEAD_END not in self._start and len(self._start) < LONGEST_HEAD:
            self._start += data
        self._received += len(data)
        return data

    def surplus(self, declared: int) -> int:
        """Bytes that came beyond the declared length of the body; waits a moment for them. To be called once, at the end."""
        head = self._start.find(HEAD_END)
        if head < 0 or self._start[9:10] == b"1":  # an answer before the answer (103 Early Hints): not measured
            return 0
        with suppress(httpcore.ReadTimeout, httpcore.ReadError):
            self._received += len(self._stream.read(1, timeout=SURPLUS_WAIT))
        return max(0, self._received - (head + len(HEAD_END)) - declared)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def abort(self) -> None:
        with suppress(OSError):
            self.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> WatchedStream:
        return WatchedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    """The timeout, or what is left until the request's deadline where that is less."""
    deadline = DEADLINE.get(None)
    if deadline is None:
        return timeout
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the time for the whole request is over")
    return left if timeout is None else min(timeout, left)
