"""A series of claims as the places of points in a small chart; the template draws it."""

from __future__ import annotations

import math
from typing import Any

WIDTH, HEIGHT = 640, 190
LEFT, RIGHT, TOP, BOTTOM = 88, 620, 20, 150
NAMES = ((1e12, " trn"), (1e9, " bn"), (1e6, " m"), (1e3, " k"))


def chart(claims: list[dict[str, Any]]) -> dict[str, Any]:
    """Places for dated claims with at least one bound known: time to the right, value upwards, ranges as bars."""
    bounds = [_bounds(claim) for claim in claims]
    lowest, highest = min(low for low, _ in bounds), max(high for _, high in bounds)
    days = [claim["said_on"].toordinal() for claim in claims]
    first, last = min(days), max(days)

    def x(day: int) -> float:
        return round(LEFT + 20 + (day - first) / (last - first) * (RIGHT - LEFT - 40) if last > first else (LEFT + RIGHT) / 2, 1)

    def y(value: float) -> float:
        return round(
            BOTTOM - 15 - (value - lowest) / (highest - lowest) * (BOTTOM - TOP - 30) if highest > lowest else (TOP + BOTTOM) / 2, 1
        )

    points = []
    for claim, day, (low, high) in zip(claims, days, bounds, strict=True):
        who = claim["speaker"] or claim["label"] or "speaker unknown"
        label = f"{claim['surface']}, {who}, {claim['said_on']}"
        points.append({"x": x(day), "y": y((low + high) / 2), "y_low": y(low), "y_high": y(high), "label": " ".join(label.split())})
    ticks = [{"y": y(value), "text": short(value)} for value in dict.fromkeys((lowest, highest))]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "bottom": BOTTOM,
        "first": claims[days.index(first)]["said_on"],
        "last": claims[days.index(last)]["said_on"],
        "ticks": ticks,
        "points": points,
    }


def short(value: float) -> str:
    """A number as an axis shows it: 50.2 bn."""
    for size, name in NAMES:
        if abs(value) >= size:
            return f"{value / size:.4g}{name}"
    return f"{value:.4g}"


def _bounds(claim: dict[str, Any]) -> tuple[float, float]:
    """The interval to draw: of an exact or open figure the value itself, of a range its ends."""
    if claim["value"] is not None:
        return claim["value"], claim["value"]
    known = [v for v in (claim["value_low"], claim["value_high"]) if v is not None and math.isfinite(v)]
    return (known[0], known[-1]) if known else (0.0, 0.0)
