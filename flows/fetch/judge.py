"""Tells a document from what servers send in its place with status 200. Sure signs only: in doubt it is a document."""

from __future__ import annotations

import html
import re
from http import HTTPStatus
from urllib.parse import urlsplit

LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|oauth2?|account/(?:login|signin)|users/sign_in|subscribe)(?:[/.?]|$)", re.I)
LOGIN_TITLE = re.compile(rb"<(?:title|h1)\b[^>]{0,200}>\s{0,50}(?:[^<]{0,60}\b)?(?:log\s?-?in|sign\s?-?in)\b", re.I)
PASSWORD = re.compile(rb"<input\b[^>]{0,500}\btype\s{0,5}=\s{0,5}[\"']?password", re.I)
CANONICAL = re.compile(rb"<link\b[^>]{0,300}\brel=[\"']?canonical[\"']?[^>]{0,300}>", re.I)
ADDRESS = re.compile(rb"\bhref=[\"']?(https?://[^\"'\s>]{1,2000})", re.I)
NOT_FREE = re.compile(rb"[\"']isAccessibleForFree\\?[\"']\s{0,5}:\s{0,5}\\?[\"']?false", re.I)
TITLE = re.compile(rb"<title\b[^>]{0,200}>([^<]{0,200})<", re.I)
PHRASES = "|".join(re.escape(status.phrase) for status in HTTPStatus if status >= 400)
ERROR_TITLE = re.compile(
    rf"(?:(?:http )?(?:error )?[45]\d\d[ :.\u2013\u2014-]+(?:error|{PHRASES})|(?:http )?error [45]\d\d"
    r"|(?:page )?not found|forbidden|access denied|service unavailable|bad gateway|gateway time-?out|internal server error"
    r"|too many requests|just a moment\.{3}|attention required! \| cloudflare|request rejected)",
    re.I,
)
HEAD = 200_000  # bytes of a page in which these signs stand


def no_document(requested: str, final: str, content: bytes) -> str | None:
    """Why a page is not the document asked for, or None."""
    return login_wall(requested, final, content) or error_page(content) or home_page(requested, final, content)


def login_wall(requested: str, final: str, content: bytes) -> str | None:
    """A page to log in at: by its address after a redirect, or by its title together with a password field."""
    path = urlsplit(final).path
    if final != requested and LOGIN_PATH.search(path) and not LOGIN_PATH.search(urlsplit(requested).path):
        return f"a login wall with status 200 in place of the page (redirected to {final})"
    head = content[:HEAD]
    if LOGIN_TITLE.search(head) and PASSWORD.search(head):
        return "a login wall with status 200 in place of the page"
    return None


def error_page(content: bytes) -> str | None:
    """A page whose whole title is what servers and their guards say instead of the page: 503 Service Unavailable."""
    found = TITLE.search(content[:HEAD])
    words = " ".join(html.unescape(found[1].decode("utf-8", "replace")).split()) if found else ""
    return f"an error page with status 200 in place of the document ('{words}')" if ERROR_TITLE.fullmatch(words) else None


def home_page(requested: str, final: str, content: bytes) -> str | None:
    """The site's home page in place of a page below it: by its address after a redirect, or by what it says its address is."""
    if _is_root(requested):
        return None
    if final != requested and _is_root(final):
        return f"a home page with status 200 in place of the document (redirected to {final})"
    tag = CANONICAL.search(content[:HEAD])
    named = ADDRESS.search(tag[0]) if tag else None
    if named and _is_root(named[1].decode("utf-8", "replace")):
        return f"a home page with status 200 in place of the document (it says to be {named[1].decode('utf-8', 'replace')})"
    return None


def is_preview(content: bytes) -> bool:
    """Whether the page itself says that it is not free to read (schema.org's isAccessibleForFree)."""
    return NOT_FREE.search(content[: 2 * HEAD]) is not None


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # what a page says of itself may be no address
        return False
    return re.fullmatch(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?|index\.\w{1,5})?", parts.path, re.I) is not None and not parts.query
