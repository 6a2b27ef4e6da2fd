"""Markdown: the file is the text, so that an offset found in the warehouse holds in the file."""

from __future__ import annotations

import datetime as dt

from flows.clean.cleaned import Hints
from flows.clean.markdown import read

PAGE = r"""---
date: '2025-03-13'
published_time: 2025-03-14 09:10:00-04:00
source_url: https://example.org/remarks/1
tags: remarks
title: "Remarks by Minister\_Horak\
  \ in Brno"
---

# Remarks by Minister Horak in Brno

**Pavel Horak:** Good morning.

![a photo](x.png)

| year | trade |
| 2024 | 6 |

[^1]: A note.
"""


def test_front_matter_title_date_and_address_are_read_and_nobodys_words():
    (cleaned,) = read(PAGE.encode(), Hints("remarks.md"))
    assert cleaned.text == PAGE
    assert cleaned.title == "Remarks by Minister Horak in Brno"
    assert cleaned.url == "https://example.org/remarks/1"
    assert (cleaned.published_on, cleaned.event_on) == (dt.date(2025, 3, 14), dt.date(2025, 3, 13))
    zones = [(cleaned.text[p.start : p.end][:8], p.zone) for p in cleaned.paragraphs]
    assert zones[:3] == [("---\ndate", "boilerplate"), ("# Remark", "title"), ("**Pavel ", None)]
    assert {zone for _, zone in zones[3:]} == {"boilerplate"}
    assert cleaned.paragraphs[2].bold == len("**Pavel Horak:**")


def test_a_rule_at_the_top_is_no_front_matter():
    (cleaned,) = read(b"---\n\nAnna Berg: Good morning.\n", Hints("a.md"))
    assert all(p.zone != "boilerplate" or p.end < 10 for p in cleaned.paragraphs)
