"""One HTTP client for all sources: named, polite, bounded, and held to public addresses."""

from __future__ import annotations

import datetime as dt
import email.utils
import http.cookiejar
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import httpx
import tenacity
from protego import Protego

from flows.fetch.address import (
    DEADLINE,
    CheckedBackend,
    ForbiddenAddress,
    HostPort,
    allowed_hosts,
    host_port,
)
from flows.fetch.decode import ACCEPTED, BodyBroken, BodyTooLarge, body
from flows.fetch.host import Closed, Host, LeftAlone
from flows.fetch.source import Limits, Pace
from flows.fetch.transport import Transport

MOST_REDIRECTS = 5
ROBOTS_NAME = "onrecord"
ROBOTS_BYTES = 512 * 1024  # RFC 9309: at least 500 KiB must be read
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SENT = "http11.send_request_headers.complete"  # httpcore's name for it
LONGEST_ROBOTS_DELAY = 300.0  # seconds; a host that asks for more between two requests is not asked at all


@dataclass(frozen=True)
class Settings:
    """What holds for every source. From the environment: ONRECORD_ALLOW_HOSTS, ONRECORD_USER_AGENT, ONRECORD_CONTACT."""

    user_agent: str
    allowed: frozenset[HostPort] = frozenset()  # host:port pairs that may be private; for tests

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises ValueError where a setting cannot be read."""
        agent = environment.get("ONRECORD_USER_AGENT") or user_agent(environment.get("ONRECORD_CONTACT"))
        return cls(agent, allowed_hosts(environment.get("ONRECORD_ALLOW_HOSTS", "")))


def user_agent(contact: str | None = None) -> str:
    """The name under which pages are asked for; a contact (an address, a page) lets a publisher write to whoever runs this."""
    try:
        number = version("onrecord")
    except PackageNotFoundError:
        number = "0"
    return f"{ROBOTS_NAME}/{number} ({contact or 'archive of public transcripts; keeps to robots.txt'})"


@dataclass(frozen=True)
class Rules:
    """What one source says of how to ask."""

    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)
    hosts: tuple[str, ...] = ()  # where given, redirects may lead there only


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as they went over the wire (the body decoded)."""

    url: str
    request_headers: list[tuple[str, str]]
    fetched_at: dt.datetime
    status: int | None = None
    reason_phrase: str = ""
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    content: bytes | None = None
    failure: str | None = None  # why there is no whole answer
    is_refused: bool = False  # by us: the address, robots.txt, a limit
    is_cut: bool = False  # the body ended early, or did not have the length that it declared
    may_try_again: bool = False
    wait: float | None = None  # seconds for which the host wants to be left alone first, if it says so

    @property
    def is_good(self) -> bool:
        return self.failure is None and self.status is not None and (200 <= self.status < 300 or self.status == 304)


@dataclass(slots=True)
class Answer:
    """What came of asking for an address: the last exchange, and those before it (redirects, tries, robots.txt)."""

    requested: str
    last: Exchange
    redirects: list[Exchange] = field(default_factory=list)  # of the last try
    tries: list[Exchange] = field(default_factory=list)  # that came to nothing and were tried again
    robots: list[Exchange] = field(default_factory=list)  # robots.txt, where this request was the first to need it

    @property
    def url(self) -> str:
        return self.last.url


class _Robots:
    """One host's robots.txt, read once a run."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rules: Protego | None = None
        self.failure: str | None = None  # unreadable: nothing may be asked (RFC 9309, 2.3.1.4)

    def delay(self) -> float:
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(ROBOTS_NAME)
        return max(self.rules.crawl_delay(ROBOTS_NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)


class Client:
    """Asks for addresses. Safe to use from several threads; to be closed, which ends all waiting."""

    def __init__(self, settings: Settings, now: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._now = now
        self._backend = CheckedBackend(settings.allowed)
        self._http = httpx.Client(
            transport=Transport(self._backend),
            cookies=http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[])),  # none are kept
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": ACCEPTED, "Connection": "close"},
            trust_env=False,  # a proxy from the environment would connect to addresses that nobody checked
        )
        self._lock = threading.Lock()
        self._hosts: dict[HostPort, Host] = {}
        self._robots: dict[str, _Robots] = {}
        self._is_closed = threading.Event()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all waiting and all connections, also those of other threads: these get Closed or a failed exchange."""
        self._is_closed.set()
        with self._lock:
            hosts = list(self._hosts.values())
        for host in hosts:
            host.close()
        self._backend.abort()
        self._http.close()

    def get(self, url: str, rules: Rules, headers: Mapping[str, str] | None = None) -> Answer:
        """Asks for the address, follows redirects, tries again where that may help. Raises nothing but Closed."""
        tries: list[Exchange] = []
        robots: list[Exchange] = []

        def once() -> Answer:
            answer = self._follow(url, rules, dict(headers or {}), robots)
            tries.append(answer.last)
            return answer

        again = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda answer: self._should_try_again(answer, rules)),
            stop=tenacity.stop_after_attempt(rules.limits.tries),
            wait=tenacity.wait_exponential(multiplier=rules.limits.backoff_seconds, max=60),
            sleep=self._sleep,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        answer: Answer = again(once)
        answer.tries, answer.robots = tries[:-1], robots
        return answer

    def _sleep(self, seconds: float) -> None:
        if self._is_closed.wait(seconds):
            raise Closed

    def _should_try_again(self, answer: Answer, rules: Rules) -> bool:
        """Whether another try may help; not where the host asks to come back later than a run waits."""
        last = answer.last
        if not last.may_try_again:
            return False
        if last.wait is None or last.wait <= rules.limits.longest_wait_seconds:
            return True
        last.failure = f"{last.failure}; it asks to come back after {last.wait:.0f} s"
        return False

    def _follow(self, url: str, rules: Rules, headers: dict[str, str], robots: list[Exchange]) -> Answer:
        redirects: list[Exchange] = []
        address = url
        while True:
            exchange = self._allowed(address, rules, robots) or self._ask(address, rules, headers)
            answer = Answer(url, exchange, redirects)
            if exchange.failure or exchange.status not in REDIRECTS:
                return answer
            target = _redirect_target(exchange)
            problem = _redirect_problem(exchange.url, target, len(redirects), rules)
            if problem or target is None:
                exchange.failure, exchange.is_refused = problem, True
                return answer
            redirects.append(exchange)
            address = target

    def _allowed(self, url: str, rules: Rules, exchanges: list[Exchange]) -> Exchange | None:
        """None, or the exchange that never took place because the address or robots.txt forbids it."""
        try:
            robots = self._robots_of(url, rules, exchanges)
        except (ForbiddenAddress, httpx.InvalidURL, UnicodeError) as error:
            return self._refusal(url, str(error))
        if robots.failure:
            refusal = self._refusal(url, f"robots.txt cannot be read, so nothing may be asked: {robots.failure}")
            refusal.is_refused = False
            return refusal
        if robots.rules and not robots.rules.can_fetch(url, ROBOTS_NAME):
            return self._refusal(url, "robots.txt forbids it")
        if robots.delay() > LONGEST_ROBOTS_DELAY:
            return self._refusal(url, f"robots.txt asks for {robots.delay():.0f} s between requests, which is too long to wait")
        return None

    def _robots_of(self, url: str, rules: Rules, exchanges: list[Exchange]) -> _Robots:
        host_port(url)
        root = _robots_address(url)
        with self._lock:
            robots = self._robots.setdefault(root, _Robots())
        with robots.lock:
            if robots.rules is None and robots.failure is None:
                self._read_robots(root, robots, rules, exchanges)
        return robots

    def _read_robots(self, root: str, robots: _Robots, rules: Rules, exchanges: list[Exchange]) -> None:
        """RFC 9309: 4xx means that there are no rules; no answer or 5xx that nothing may be asked."""
        for attempt in range(rules.limits.tries):
            if attempt:
                self._sleep(rules.limits.backoff_seconds)
            address, hops = root, 0
            while True:
                exchange = self._ask(address, rules, {})
                exchanges.append(exchange)
                target = _redirect_target(exchange) if exchange.status in REDIRECTS else None
                if target is None or hops == MOST_REDIRECTS:
                    break
                address, hops = target, hops + 1
            if not exchange.may_try_again:
                break
        status = exchange.status
        if exchange.is_good and exchange.content is not None:
            robots.rules = Protego.parse(exchange.content[:ROBOTS_BYTES].decode("utf-8", "replace"))
        elif exchange.is_refused and status is None:
            raise ForbiddenAddress(exchange.failure or "refused")
        elif status is not None and ((400 <= status < 500 and status != 429) or status in REDIRECTS):
            robots.rules = Protego.parse("")
        else:
            robots.failure = exchange.failure or f"status {status}"

    def _refusal(self, url: str, reason: str) -> Exchange:
        return Exchange(url, [], self._now(), failure=reason, is_refused=True)

    def _host(self, url: str) -> Host:
        with self._lock:
            host = self._hosts.setdefault(host_port(url), Host())
        if self._is_closed.is_set():
            host.close()
        return host

    def _ask(self, url: str, rules: Rules, headers: dict[str, str]) -> Exchange:
        """One request, in its turn."""
        try:
            host = self._host(url)
        except ForbiddenAddress as error:
            return self._refusal(url, str(error))
        delay = max(rules.pace.delay_seconds, self._robots_delay(url))
        try:
            ticket = host.enter(delay, rules.pace.concurrency, rules.limits.longest_wait_seconds)
        except LeftAlone as error:
            return Exchange(url, [], self._now(), failure=str(error))

        def watch(event: str, _: object) -> None:
            if event == SENT:
                host.sent(ticket)

        try:
            exchange = self._exchange(url, rules.limits, headers, watch)
            exchange.wait = _retry_after(exchange, self._now()) if exchange.may_try_again else None
            if exchange.wait is not None and (exchange.wait <= rules.limits.longest_wait_seconds or exchange.status == 429):
                host.pause(exchange.wait)  # 429 speaks of us, whatever we ask for; a 503 for a day perhaps of one page
            return exchange
        finally:
            host.leave(ticket)

    def _robots_delay(self, url: str) -> float:
        with self._lock:
            robots = self._robots.get(_robots_address(url))
        return robots.delay() if robots else 0.0

    def _exchange(
        self, url: str, limits: Limits, headers: dict[str, str], watch: Callable[[str, object], None]
    ) -> Exchange:
        timeout = httpx.Timeout(limits.seconds_without_progress)
        try:
            request = self._http.build_request("GET", url, headers=headers, timeout=timeout, extensions={"trace": watch})
        except (httpx.InvalidURL, UnicodeError) as error:
            return self._refusal(url, f"no address: {error}")
        exchange = Exchange(url, list(request.headers.items()), self._now())
        deadline = time.monotonic() + limits.seconds
        token = DEADLINE.set(deadline)
        try:
            response = self._http.send(request, stream=True, follow_redirects=False)
            try:
                exchange.status, exchange.reason_phrase = response.status_code, response.reason_phrase
                exchange.headers = response.headers
                self._read(response, exchange, limits)
            finally:
                response.close()
        except ForbiddenAddress as error:
            exchange.failure, exchange.is_refused = str(error), True
        except httpx.TimeoutException:
            is_over = time.monotonic() >= deadline
            exchange.failure = (
                f"took longer than {limits.seconds:g} s in all"
                if is_over
                else f"no progress for {limits.seconds_without_progress:g} s"
            )
            exchange.may_try_again = True
        except httpx.HTTPError as error:
            exchange.is_cut = exchange.status is not None
            what = "the answer was cut short" if exchange.is_cut else "no answer"
            exchange.failure = f"{what}: {str(error) or repr(error)}"
            exchange.may_try_again = True
        finally:
            DEADLINE.reset(token)
        if exchange.failure is None and exchange.status is not None and exchange.status >= 400:
            exchange.failure = f"status {exchange.status} {exchange.reason_phrase}".strip()
            exchange.may_try_again = exchange.status in TRY_AGAIN
        return exchange

    def _read(self, response: httpx.Response, exchange: Exchange, limits: Limits) -> None:
        """Reads the body within its limits; an incomplete one is kept as far as it came."""
        if response.status_code in REDIRECTS or response.status_code == 304:
            return
        declared = _declared_length(response)
        if declared is not None and declared > limits.bytes:
            exchange.failure, exchange.is_refused = f"larger than {limits.bytes} bytes: {declared}", True
            return
        kept = bytearray()
        stream = response.stream
        assert isinstance(stream, httpx.SyncByteStream)
        try:
            body(stream, response.headers.get("content-encoding", ""), limits.bytes, into=kept)
            surplus = response.extensions["network_stream"].surplus(declared) if declared is not None else 0
            if surplus:
                raise BodyBroken(f"at least {surplus} bytes more came than its Content-Length of {declared} says")
        except BodyTooLarge as error:
            exchange.failure, exchange.is_refused = f"larger than {limits.bytes} bytes: {error}", True
            return
        except BodyBroken as error:
            exchange.failure, exchange.is_cut, exchange.may_try_again = str(error), True, True
        except httpx.HTTPError:
            exchange.content = bytes(kept)
            raise
        exchange.content = bytes(kept)


def _robots_address(url: str) -> str:
    return str(httpx.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None))


def _declared_length(response: httpx.Response) -> int | None:
    declared = response.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() and "transfer-encoding" not in response.headers else None


def _redirect_target(exchange: Exchange) -> str | None:
    location = exchange.headers.get("location")
    if not location:
        return None
    try:
        return str(httpx.URL(exchange.url).join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return location


def _redirect_problem(origin: str, target: str | None, redirects: int, rules: Rules) -> str | None:
    if target is None:
        return "a redirect that does not say where to"
    if redirects == MOST_REDIRECTS:
        return f"more than {MOST_REDIRECTS} redirects"
    try:
        host, _ = host_port(target)
    except ForbiddenAddress as error:
        return f"redirects to {target[:200]}: {error}"
    if origin.startswith("https:") and not target.startswith("https:"):
        return f"redirects from https to {target[:200]}"
    if rules.hosts and host not in rules.hosts:
        return f"redirects to {host}, which the source's file does not name"
    return None


def _retry_after(exchange: Exchange, now: dt.datetime) -> float | None:
    """Seconds for which the host wants to be left alone, if it says so."""
    said = exchange.headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isdecimal():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or dt.UTC) - now.replace(tzinfo=now.tzinfo or dt.UTC)).total_seconds())
