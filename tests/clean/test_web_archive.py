"""Web archives: each page that was fetched, under its address; nothing else, and nothing half there."""

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.clean.cleaned import Hints, Refused
from flows.clean.unpack import Limits, members

BODY = b"<html><body><p>Ada Roe: It cost 4 million.</p></body></html>"


def archive(*pages: tuple[str, str, bytes], is_gzip: bool = True, kind: str = "response", headers: tuple = ()) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_gzip)
    for url, status, body in pages:
        http = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": "2026-03-09T10:11:12Z"}
            )
        )
    return out.getvalue()


@pytest.mark.parametrize("is_gzip", [True, False])
def test_responses_come_with_address_body_type_and_time(is_gzip):
    (member,) = members(archive(("https://press.example/7", "200 OK", BODY), is_gzip=is_gzip), "crawl.warc.gz")
    assert (member.origin, member.url, member.content) == ("https://press.example/7", "https://press.example/7", BODY)
    assert (member.media_type, str(member.fetched_at)) == ("text/html; charset=utf-8", "2026-03-09 10:11:12")
    hints = member.hints(Hints("crawl.warc.gz", source="press"))
    assert (hints.origin, hints.url, hints.source) == ("https://press.example/7", "https://press.example/7", "press")


def test_failures_are_refused_with_their_status_and_the_rest_comes():
    content = archive(("https://press.example/1", "404 Not Found", b"gone"), ("https://press.example/2", "200 OK", BODY))
    refused, member = members(content, "crawl.warc.gz")
    assert (refused.origin, refused.reason) == ("https://press.example/1", "status 404")
    assert member.content == BODY


def test_an_archive_compressed_as_a_whole_is_read():
    import gzip

    (member,) = members(gzip.compress(archive(("https://press.example/7", "200 OK", BODY), is_gzip=False)), "crawl.warc.gz")
    assert member.content == BODY


def test_a_response_that_is_cut_off_is_refused():
    content = archive(("https://press.example/7", "200 OK", BODY * 40), is_gzip=False)
    (refused,) = members(content[:-900], "crawl.warc")
    assert (type(refused), refused.reason) == (Refused, "truncated")


def test_an_archive_without_responses_says_so():
    (refused,) = members(archive(("https://press.example/7", "200 OK", b""), kind="request"), "crawl.warc.gz")
    assert (refused.origin, refused.reason) == ("crawl.warc.gz", "no responses")


def test_a_response_beyond_the_limit_is_refused_alone():
    content = archive(("https://press.example/1", "200 OK", bytes(5_000)), ("https://press.example/2", "200 OK", BODY))
    refused, member = members(content, "crawl.warc.gz", Limits(member_bytes=1_000))
    assert (refused.reason, member.content) == ("too large", BODY)
