"""A press office on loopback: invented press conferences, with validators, that can be changed and can fail once or always."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.fetch.site import Reply, Request, Site

FIRST_NAMES = ("Ada", "Brenda", "Carl", "Dora", "Edgar", "Fiona", "Gustav", "Helen", "Ivan", "Jane")
LAST_NAMES = ("Roe", "Marsh", "Holm", "Field", "Stone", "Brook")
GOODS = ("rice", "barley", "timber", "cement", "salt", "copper", "cotton", "sugar", "steel", "coal")
PLACES = ("the north pier", "the old harbour", "the river port", "the eastern dock", "the grain terminal", "the new quay")


def sitting(number: int, figure: int | None = None, day: str = "", related: str = "", comments: str = "", head: str = "") -> str:
    """An invented page: two answers with a figure each, a menu, related links and readers' comments."""
    name = f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number // 10 % 6]}"
    goods, place = GOODS[number * 7 % 10], PLACES[number % 6]
    figure = 100 + number if figure is None else figure
    published = f'<meta property="article:published_time" content="{day}T09:00:00Z">' if day else ""
    return f"""<!doctype html><html lang="en">
<head><title>Press conference {number}: {goods} at {place}</title>{published}{head}</head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Press conference {number}: {goods} at {place}</h1>
<p>{name}: Good morning. Last year we shipped {figure} tonnes of {goods} from {place}. That is what the office can say today.</p>
<p>Question: Will the cranes at {place} be replaced before the winter?</p>
<p>{name}: We will spend {number + 3} million dollars on the cranes, and the work will be done by local firms.</p>
</article>
<aside class="related"><h2>Related</h2><ul><li><a href="/more">{related or "More from the office"}</a></li></ul></aside>
<section id="comments" class="comments"><h2>Comments</h2><p>Reader {comments or "One"} says: thanks for posting this.</p></section>
<footer>Copyright of the office. All rights reserved.</footer></body></html>"""


class Office:
    """The office's site: pages by path, listings, feeds and sitemaps of them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.bodies: dict[str, bytes] = {}
        self.once: dict[str, Reply] = {}
        self.always: dict[str, Reply] = {}

    def put(self, path: str, body: str | bytes) -> str:
        self.bodies[path] = body.encode() if isinstance(body, str) else body
        self.site.pages[path] = self._reply
        return self.site.root + path

    def _reply(self, request: Request) -> Reply:
        path = request.path
        if path in self.once:
            return self.once.pop(path)
        if path in self.always:
            return self.always[path]
        body = self.bodies[path]
        kind = "application/xml" if body.startswith(b"<?xml") else "text/html; charset=utf-8"
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Content-Type": kind}
        return Reply(b"", 304, headers) if request.headers.get("if-none-match") == tag else Reply(body, headers=headers)

    def listing(self, path: str, numbers: list[int], following: str | None = None) -> None:
        links = "".join(f'<li><a href="/d/{n}">Press conference {n}</a></li>' for n in numbers)
        more = f'<a rel="next" href="{following}">older</a>' if following else ""
        self.put(path, f"<html><head><title>Press conferences</title></head><body><ul>{links}</ul>{more}</body></html>")

    def feed(self, path: str, days: dict[int, str], folder: str = "/f") -> None:
        items = "".join(
            f"<item><title>Press conference {n}</title><link>{self.site.root}{folder}/{n}</link><pubDate>{day}</pubDate></item>"
            for n, day in days.items()
        )
        self.put(path, f'<?xml version="1.0"?><rss version="2.0"><channel><title>Office</title>{items}</channel></rss>')

    def sitemap(self, path: str, numbers: list[int]) -> None:
        urls = "".join(f"<url><loc>{self.site.root}/s/{n}</loc><lastmod>2026-01-01</lastmod></url>" for n in numbers)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.put(path, f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>')

    def asked(self, prefix: str = "/") -> list[str]:
        return [request.path for request in self.site.requests if request.path.startswith(prefix)]


def describe(
    folder: Path, site: Site, name: str, kind: str, path: str, include: str = "/d/", more: str = "", patience: int = 60
) -> None:
    """Writes the file of a source that lies on the site; a page that takes longer than `patience` seconds has failed."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(
        f"""name = "{name}"
title = "Harbour office, {name}"
homepage = "{site.root}/"
licence = "CC-BY-4.0"
language = "en"
index = {{kind = "{kind}", url = "{site.root}{path}"}}
documents = {{include = '{include}'}}
pace = {{delay_seconds = 0, concurrency = 4}}
limits = {{seconds = {patience}, seconds_without_progress = {max(2, patience - 3)}, backoff_seconds = 0.01, tries = 2}}
{more}
"""
    )
