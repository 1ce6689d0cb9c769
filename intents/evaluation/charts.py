"""Pictures for the report, as HTML and SVG that take their colours from the page's style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from intents.evaluation.figures import Share

_BINS: Final = 25
_NARROW: Final = 0.2  # errors are drawn on a scale up to here, where they fit
_CELL: Final = 20
_LETTER: Final = 6.4  # the width of one in a matrix's labels


def bar(share: Share, more_is_better: bool) -> str:
    """Draw a share as a bar with its interval as a band."""
    low, high = share.interval
    full = _NARROW if not more_is_better and high <= _NARROW else 1.0
    left, value, right = (100 * x / full for x in (low, share.value, high))
    kind = "good" if more_is_better else "bad"
    return (
        f'<div class="bar {kind}"><i style="width:{value:.1f}%"></i>'
        f'<b style="left:{left:.1f}%;width:{right - left:.1f}%"></b></div>'
        f'<div class="ends"><span>0</span><span>{100 * full:.0f} %</span></div>'
    )


def parts(counts: Sequence[tuple[str, int]]) -> str:
    """Draw what became of some messages as one bar in parts, each with its class."""
    total = sum(count for _, count in counts)
    if not total:
        return ""
    pieces = "".join(
        f'<i class="{kind}" style="width:{100 * count / total:.1f}%" title="{count} {kind}"></i>'
        for kind, count in counts
        if count
    )
    return f'<div class="parts">{pieces}</div>'


def histogram(title: str, scores: Sequence[float], marks: Mapping[str, float], kind: str) -> str:
    """Draw how scores from 0 to 1 are spread, with the thresholds as lines."""
    counts = [0] * _BINS
    for score in scores:
        counts[min(_BINS - 1, int(score * _BINS))] += 1
    tallest = max(counts) or 1
    wide, tall, top = 300.0, 90.0, 26.0
    step = wide / _BINS
    columns = "".join(
        f'<rect class="{kind}" x="{n * step + 0.5:.1f}" y="{top + tall - height:.1f}"'
        f' width="{step - 1:.1f}" height="{height:.1f}"><title>{count}</title></rect>'
        for n, count in enumerate(counts)
        if count and (height := max(2.0, tall * count / tallest))
    )
    lines = ""
    for n, (name, at) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        x = wide * at
        anchor, beside = ("end", -3) if x > wide / 2 else ("start", 3)
        lines += (
            f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 14}" y2="{top + tall}"/>'
            f'<text class="mark" x="{x + beside:.1f}" y="{top - 5 - 10 * (n % 2)}"'
            f' text-anchor="{anchor}">{escape(name)} {at:.2f}</text>'
        )
    base = top + tall
    return (
        f'<figure class="spread"><figcaption>{escape(title)} <small>{len(scores)}</small>'
        f'</figcaption><svg viewBox="-4 0 308 {base + 16}" role="img"'
        f' aria-label="{escape(title, quote=True)}">{columns}'
        f'<line class="axis" x1="0" x2="{wide}" y1="{base}" y2="{base}"/>{lines}'
        f'<text x="0" y="{base + 13}">0</text>'
        f'<text x="{wide}" y="{base + 13}" text-anchor="end">1</text></svg></figure>'
    )


def matrix(
    cells: Mapping[tuple[str, str], int], rows: Mapping[str, str], columns: Mapping[str, str]
) -> str:
    """Draw a confusion matrix: what was wanted down the side, what came of it along the top.

    `rows` and `columns` are names by id, in the same order; the names at the side stay in sight
    where a narrow screen has to scroll.
    """
    top = 10 + _LETTER * max(map(len, columns.values()))
    side = 10 + _LETTER * max(map(len, rows.values()))
    size = _CELL * len(rows)
    labels, drawn = [], []
    for n, (row, name) in enumerate(rows.items()):
        at = top + n * _CELL
        labels.append(
            f'<text x="{side - 5:.1f}" y="{at + 14:.1f}" text-anchor="end">{escape(name)}</text>'
        )
        total = sum(cells.get((row, column), 0) for column in columns)
        for k, (column, got) in enumerate(columns.items()):
            count = cells.get((row, column), 0)
            title = f"{name} → {got}: {count} of {total}"
            if row == column or count:
                drawn.append(_cell(k * _CELL, at, count, total, row == column, title))
    heads = [
        f'<text transform="translate({n * _CELL + 14} {top - 5:.1f}) rotate(-90)">'
        f"{escape(name)}</text>"
        for n, name in enumerate(columns.values())
    ]
    frame = f'<rect class="frame" x="0" y="{top:.1f}" width="{size}" height="{size}"/>'
    return (
        '<div class="matrix">'
        + _sized(side, top + size + 2, "What was wanted", "".join(labels))
        + _sized(size + 2, top + size + 2, "What came of it", frame + "".join(heads + drawn))
        + "</div>"
    )


def _sized(width: float, height: float, label: str, content: str) -> str:
    return (
        f'<svg width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{label}">'
        f"{content}</svg>"
    )


def _cell(x: float, y: float, count: int, total: int, is_right: bool, title: str) -> str:
    """Draw a cell: the stronger its colour, the larger its share of the row."""
    share = count / total if total else 0.0
    kind = "right" if is_right else "wrong"
    opacity = 0.12 + 0.88 * share if is_right else 0.3 + 0.7 * min(1.0, 2 * share)
    number = ""
    if count:
        light = " light" if opacity > 0.7 else ""
        number = (
            f'<text class="count{light}" x="{x + _CELL / 2:.1f}" y="{y + 13.5:.1f}"'
            f' text-anchor="middle">{count}</text>'
        )
    return (
        f'<g><rect class="{kind}" x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{_CELL - 1}"'
        f' height="{_CELL - 1}" rx="2" fill-opacity="{opacity if count else 0.06:.2f}"/>{number}'
        f"<title>{escape(title)}</title></g>"
    )
