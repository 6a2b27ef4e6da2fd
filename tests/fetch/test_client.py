"""Requests end in time and in size, keep their distance, and never reach an address that is not public."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpcore
import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from flows.fetch.address import ForbiddenAddress, allowed_hosts, host_port, is_public, tidy
from flows.fetch.client import Answer, Client, Rules, Settings, user_agent
from flows.fetch.source import Limits, Pace
from tests.fetch.conftest import NOW, settings
from tests.fetch.site import Reply, Request, Site

QUICK = Limits(backoff_seconds=0.01, seconds=1.5, seconds_without_progress=0.6, bytes=1_000_000, tries=2)
RULES = Rules(Pace(delay_seconds=0), QUICK)


@pytest.fixture
def client(site: Site, other_site: Site) -> Iterator[Client]:
    with Client(settings(site, other_site), lambda: NOW) as client:
        yield client


def failure(answer: Answer) -> str:
    assert answer.last.failure is not None
    return answer.last.failure


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.7", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1"),
    ],
)
def test_no_address_of_a_private_network_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "http:///x", "http://a:b@example.org/", "//x", "http://[::1"],
)
def test_only_addresses_of_the_web_are_asked(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        host_port(address)


def test_allowed_hosts_are_read_strictly() -> None:
    assert allowed_hosts("127.0.0.1:80, [::1]:81 localhost:82") == {("127.0.0.1", 80), ("::1", 81), ("localhost", 82)}
    with pytest.raises(ValueError, match="is not host:port"):
        allowed_hosts("127.0.0.1")


def test_an_address_loses_what_only_tracks_its_reader() -> None:
    assert tidy("https://example.org/a?utm_source=rss&id=1&utm_medium=x#top") == "https://example.org/a?id=1"
    assert tidy("https://example.org/a?q=%D1%82+x") == "https://example.org/a?q=%D1%82+x"


def test_without_the_setting_loopback_is_refused_and_nothing_is_asked(site: Site) -> None:
    with Client(Settings(user_agent()), lambda: NOW) as client:
        for url in (
            site.root + "/",
            f"http://localhost:{site.port}/",
            f"http://2130706433:{site.port}/",
            f"http://127.1:{site.port}/",
        ):
            answer = client.get(url, RULES)
            assert answer.last.is_refused and "no public address" in failure(answer), url
    assert site.requests == []


def test_the_setting_allows_one_port_and_no_other(site: Site, other_site: Site) -> None:
    other_site.page("/")
    with Client(settings(site), lambda: NOW) as client:
        assert client.get(other_site.root + "/", RULES).last.is_refused
    assert other_site.requests == []


def test_a_name_that_resolves_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where only one of its addresses is private, and though the name looks public."""
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, site.port)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with Client(Settings(user_agent()), lambda: NOW) as client:
        answer = client.get(f"http://news.example.org:{site.port}/", RULES)
    assert answer.last.is_refused and "127.0.0.1" in failure(answer)
    assert site.requests == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that gives another address when asked again gains nothing: it is asked once a connection."""
    site.page("/")
    asked: list[str] = []
    real = socket.getaddrinfo

    def changing(host: str, *arguments: object, **options: object) -> object:
        if host == "rebind.example.org":
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.port))]
        assert host == "127.0.0.1", host  # what the socket is given is no name
        return real(host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    allowed = Settings(user_agent(), frozenset({("rebind.example.org", site.port)}))
    with Client(allowed, lambda: NOW) as client:
        assert client.get(f"http://rebind.example.org:{site.port}/", RULES).last.is_good
    assert len(asked) == len(site.requests) == 2  # robots.txt and the page


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://[::1]:1/",
        "http://10.0.0.1/",
        "http://localhost:1/",
    ],
)
def test_redirects_to_forbidden_addresses_are_not_followed(site: Site, client: Client, target: str) -> None:
    answer = client.get(site.page("/a", status=302, headers={"Location": target}), RULES)
    assert answer.last.is_refused and not answer.last.is_good
    assert [r.path for r in site.requests] == ["/robots.txt", "/a"]


def test_five_redirects_are_followed_and_no_sixth(site: Site, client: Client) -> None:
    for n in range(7):
        site.page(f"/{n}", status=301, headers={"Location": f"/{n + 1}"})
    site.page("/7", "here")
    assert client.get(site.root + "/2", RULES).last.content == b"here"
    assert failure(client.get(site.root + "/1", RULES)) == "more than 5 redirects"


def test_redirects_to_hosts_that_the_source_does_not_name_are_refused(site: Site, other_site: Site, client: Client) -> None:
    url = site.page("/a", status=302, headers={"Location": other_site.page("/b", "elsewhere")})
    assert client.get(url, RULES).last.content == b"elsewhere"
    held = Rules(RULES.pace, QUICK, hosts=("example.org",))
    assert "does not name" in failure(client.get(url, held))
    assert len(other_site.asked("/b")) == 1


def test_another_hosts_robots_txt_counts_after_a_redirect(site: Site, other_site: Site, client: Client) -> None:
    other_site.page("/robots.txt", "User-agent: *\nDisallow: /b")
    url = site.page("/a", status=302, headers={"Location": other_site.page("/b", "elsewhere")})
    assert failure(client.get(url, RULES)) == "robots.txt forbids it"
    assert other_site.asked("/b") == []


def test_robots_txt_is_kept_to_and_read_once(site: Site, client: Client) -> None:
    site.page("/robots.txt", "User-agent: onrecord\nDisallow: /private\nAllow: /private/open\n\nUser-agent: *\nDisallow: /")
    for path in ("/private/x", "/private/open", "/public"):
        site.page(path, path)
    got = {path: client.get(site.root + path, RULES).last.is_good for path in ("/private/x", "/private/open", "/public")}
    assert got == {"/private/x": False, "/private/open": True, "/public": True}
    assert len(site.asked("/robots.txt")) == 1 and not site.asked("/private/x")


def test_without_a_readable_robots_txt_nothing_is_asked(site: Site, client: Client) -> None:
    site.page("/robots.txt", status=503)
    url = site.page("/a", "a")
    assert "robots.txt cannot be read" in failure(client.get(url, RULES))
    assert site.asked("/a") == [] and len(site.asked("/robots.txt")) == QUICK.tries


@pytest.mark.parametrize("status", [404, 403, 401])
def test_a_host_without_robots_txt_has_no_rules(site: Site, client: Client, status: int) -> None:
    site.page("/robots.txt", status=status)
    assert client.get(site.page("/a", "a"), RULES).last.content == b"a"


def gaps(requests: list[Request]) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(requests)]


def test_requests_to_a_host_keep_their_distance(site: Site, client: Client) -> None:
    rules = Rules(Pace(delay_seconds=0.1), QUICK)
    urls = [site.page(f"/{n}", "x") for n in range(5)]
    threads = [threading.Thread(target=client.get, args=(url, rules)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(site.requests) == 6 and min(gaps(site.requests)) >= 0.099
    assert site.most_at_once == 1


def test_the_distance_counts_from_what_the_host_sees(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several at one time: a request whose connection takes long to come about must not arrive together with the next."""
    connect, slow = httpcore.SyncBackend.connect_tcp, iter((0.0, 0.3, 0.0, 0.0, 0.0))

    def stalled(*arguments: Any, **options: Any) -> Any:
        time.sleep(next(slow))
        return connect(*arguments, **options)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", stalled)
    rules = Rules(Pace(delay_seconds=0.1, concurrency=3), QUICK)
    threads = [threading.Thread(target=client.get, args=(site.page(f"/{n}", "x"), rules)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(site.requests) == 5 and min(gaps(site.requests)) >= 0.09


def test_the_longer_pause_of_source_and_robots_txt_counts(site: Site, client: Client) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.2")
    for n in range(3):
        client.get(site.page(f"/{n}", "x"), RULES)
    assert min(gaps(site.requests)) >= 0.199


def test_a_host_that_asks_for_too_long_a_pause_is_not_asked(site: Site, client: Client) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 86400")
    assert "too long to wait" in failure(client.get(site.page("/a"), RULES))
    assert site.asked("/a") == []


def test_no_more_requests_at_one_time_than_agreed(site: Site, client: Client) -> None:
    rules = Rules(Pace(delay_seconds=0, concurrency=3), QUICK)
    urls = [site.page(f"/{n}", "x", wait=0.05) for n in range(9)]
    threads = [threading.Thread(target=client.get, args=(url, rules)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.most_at_once == 3


def test_an_error_is_tried_again_and_every_try_is_told(site: Site, client: Client) -> None:
    replies = iter([Reply(b"busy", 503), Reply(b"here")])
    site.pages["/a"] = lambda _: next(replies)
    answer = client.get(site.root + "/a", RULES)
    assert answer.last.content == b"here" and [t.status for t in answer.tries] == [503]


def test_retry_after_is_kept_to_and_a_long_one_ends_the_tries(site: Site, client: Client) -> None:
    replies = iter([Reply(b"", 429, {"Retry-After": "1"}), Reply(b"here")])
    site.pages["/a"] = lambda _: next(replies)
    assert client.get(site.root + "/a", RULES).last.content == b"here"
    assert gaps(site.asked("/a"))[0] >= 1
    late = client.get(site.page("/b", status=503, headers={"Retry-After": "86400"}), RULES)
    assert len(site.asked("/b")) == 1 and "come back after 86400 s" in failure(late)
    assert client.get(site.page("/c", b"here"), RULES).last.content == b"here", "503 speaks of one page"


def test_a_host_that_has_had_enough_of_us_is_left_alone(site: Site, client: Client) -> None:
    enough = client.get(site.page("/a", status=429, headers={"Retry-After": "86400"}), RULES)
    assert "come back after 86400 s" in failure(enough)
    other = client.get(site.page("/b", b"here"), RULES)
    assert "left alone" in failure(other) and not other.last.is_refused, "not refused: the next night asks again"
    assert site.asked("/b") == []


def test_who_waits_for_a_turn_does_not_wait_for_a_day(site: Site, client: Client) -> None:
    one_at_a_time = Rules(Pace(delay_seconds=0, concurrency=1), RULES.limits)
    site.page("/a", status=429, headers={"Retry-After": "86400"}, wait=0.2)
    site.page("/b", b"here")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(client.get, site.root + "/a", one_at_a_time)
        while not site.asked("/a"):
            time.sleep(0.01)
        second = pool.submit(client.get, site.root + "/b", one_at_a_time)
        assert "come back after 86400 s" in failure(first.result(60))
        assert "left alone" in failure(second.result(60))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_tried_again(site: Site, client: Client, status: int) -> None:
    answer = client.get(site.page("/a", b"no", status=status), RULES)
    assert answer.last.status == status and answer.last.content == b"no" and not answer.tries


def test_a_reset_and_a_cut_body_are_failures_that_keep_what_came(site: Site, client: Client) -> None:
    cut = client.get(site.page("/cut", b"half of it", declared=100), RULES)
    assert cut.last.is_cut and cut.last.content == b"half of it" and "cut short" in failure(cut)
    reset = client.get(site.page("/reset", b"", declared=100, is_reset=True), RULES)
    assert not reset.last.is_good
    assert len(cut.tries) == 1


def test_a_body_longer_than_it_says_is_no_whole_document(site: Site, client: Client) -> None:
    answer = client.get(site.page("/long", b"x" * 5000, declared=3000), RULES)
    assert answer.last.is_cut and "more came than its Content-Length" in failure(answer)


def test_silence_ends_a_request(site: Site, client: Client) -> None:
    client.get(site.page("/"), RULES)
    answer = client.get(site.page("/slow", b"x", wait=3), Rules(RULES.pace, QUICK.model_copy(update={"tries": 1})))
    assert failure(answer) == "no progress for 0.6 s"


def test_a_body_that_drips_ends_with_the_time_for_the_whole_request(site: Site, client: Client) -> None:
    answer = client.get(site.page("/drip", b"x" * 50, drip=0.1), Rules(RULES.pace, QUICK.model_copy(update={"tries": 1})))
    assert failure(answer) == "took longer than 1.5 s in all"
    assert answer.last.content is not None and 5 < len(answer.last.content) < 50


def test_a_head_that_drips_ends_too(client: Client, site: Site) -> None:
    """A server may send its headers forever, a line at a time, without ever being silent for long."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def drip() -> None:
        for _ in range(2):  # robots.txt, then the page
            connection, _ = listener.accept()
            if connection.recv(4096).startswith(b"GET /robots.txt"):
                connection.sendall(b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n")
                connection.close()
                continue
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                for n in range(60):
                    connection.sendall(b"X-%d: y\r\n" % n)
                    time.sleep(0.1)
            except OSError:
                pass  # the client had enough

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    only_once = Rules(RULES.pace, QUICK.model_copy(update={"tries": 1}))
    with Client(Settings(user_agent(), frozenset({("127.0.0.1", port)})), lambda: NOW) as other:
        assert failure(other.get(f"http://127.0.0.1:{port}/", only_once)) == "took longer than 1.5 s in all"
    listener.close()


def test_a_large_body_is_cut_off_at_the_limit(site: Site, client: Client) -> None:
    told = client.get(site.page("/told", b"x" * 1_000_001), RULES)
    assert "larger than 1000000 bytes" in failure(told) and told.last.content is None
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    untold = client.get(site.page("/untold", chunk * 400 + b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"}), RULES)
    assert "larger than 1000000 bytes" in failure(untold) and not untold.tries


def zipped(encoding: str, content: bytes) -> bytes:
    match encoding:
        case "gzip":
            return gzip.compress(content)
        case "deflate":
            return zlib.compress(content)
        case "zstd":
            return zstandard.compress(content)
    raise ValueError(encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd"])
def test_compressed_bodies_are_unpacked_and_bombs_cost_their_limit(site: Site, client: Client, encoding: str) -> None:
    headers = {"Content-Encoding": encoding}
    fine = b"".join(b"%d tonnes\n" % n for n in range(50_000))
    assert client.get(site.page("/fine", zipped(encoding, fine), headers=headers), RULES).last.content == fine
    bomb = zipped(encoding, bytes(30_000_000))
    answer = client.get(site.page("/bomb", bomb, headers=headers), RULES)
    assert answer.last.is_refused and "larger than 1000000 bytes" in failure(answer)
    cut = client.get(site.page("/cut", zipped(encoding, fine)[:-40], headers=headers), RULES)
    assert cut.last.is_cut and not cut.last.is_good


def test_an_encoding_that_is_none_is_a_failure(site: Site, client: Client) -> None:
    for encoding in ("gzip", "br", "zstd"):
        answer = client.get(site.page(f"/{encoding}", b"plain words", headers={"Content-Encoding": encoding}), RULES)
        assert not answer.last.is_good and answer.last.failure


def test_the_client_says_who_it_is_and_keeps_no_cookies(site: Site, client: Client) -> None:
    client.get(site.page("/a", "x", headers={"Set-Cookie": "id=1"}), RULES)
    client.get(site.page("/b", "x"), RULES)
    assert all(
        r.headers["user-agent"].startswith("onrecord/") and "tests@example.org" in r.headers["user-agent"] for r in site.requests
    )
    assert all("cookie" not in r.headers for r in site.requests)


def test_closing_ends_all_waiting(site: Site) -> None:
    """A person who interrupts a run must not wait for a slow page."""
    site.page("/slow", b"x", wait=20)
    patient = Rules(Pace(delay_seconds=0), Limits())
    client = Client(settings(site), lambda: NOW)
    ended = threading.Event()

    def ask() -> None:
        with contextlib.suppress(Exception):
            client.get(site.root + "/slow", patient)
        ended.set()

    threading.Thread(target=ask, daemon=True).start()
    while not site.asked("/slow"):
        time.sleep(0.01)
    client.close()
    assert ended.wait(5)


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start, start + dt.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, private


def test_certificates_are_checked_against_the_name_though_the_address_is_pinned(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, private = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.page("/a", "secret")
    allowed = Settings(user_agent(), frozenset({("localhost", site.port), ("127.0.0.1", site.port)}))
    with Client(allowed, lambda: NOW) as client:
        answer = client.get(f"https://localhost:{site.port}/a", RULES)
        assert "CERTIFICATE_VERIFY_FAILED" in failure(answer) and not site.requests
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with Client(allowed, lambda: NOW) as client:
        assert client.get(f"https://localhost:{site.port}/a", RULES).last.content == b"secret"
        assert "CERTIFICATE_VERIFY_FAILED" in failure(client.get(f"https://127.0.0.1:{site.port}/a", RULES))
        down = site.page("/down", status=302, headers={"Location": f"http://localhost:{site.port}/a"})
        answer = client.get(down.replace("http://127.0.0.1", "https://localhost"), RULES)
        assert "redirects from https to http" in failure(answer)
