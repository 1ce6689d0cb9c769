"""A reply's text as Telegram takes it: HTML, or plain, in parts that are short enough."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from telegram.constants import MessageLimit

LIMIT: Final = int(MessageLimit.MAX_TEXT_LENGTH)  # UTF-16 units, after entities are parsed
# The first mark comes first in the pattern, so that it is looked for and not each place tried.
MARKED: Final = re.compile(r"\*(?<![\w*]\*)(?![\s*])([^*\n]*[^*\s])\*(?![\w*])|`([^`\n]+)`")
UNSENT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")  # what Telegram does not take
BREAKS: Final = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"),
                 re.compile(r"\s+"))  # fmt: skip


class Style(StrEnum):
    """How a piece of text looks; the values are Telegram's types of entities."""

    PLAIN = ""
    BOLD = "bold"
    CODE = "code"  # one tap copies it
    FOLDED = "expandable_blockquote"


Run = tuple[str, Style]
_TAGS: Final = {
    Style.BOLD: ("<b>", "</b>"),
    Style.CODE: ("<code>", "</code>"),
    Style.FOLDED: ("<blockquote expandable>", "</blockquote>"),
}


def units(text: str) -> int:
    """Return how long Telegram takes a text to be, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def runs(text: str) -> tuple[Run, ...]:
    """Take *stars* and `backticks` off a text and say what they marked."""
    found: list[Run] = []
    end = 0
    for match in MARKED.finditer(text):
        style = Style.BOLD if match[1] else Style.CODE
        found += [(text[end : match.start()], Style.PLAIN), (match[1] or match[2], style)]
        end = match.end()
    found.append((text[end:], Style.PLAIN))
    return tuple(run for run in found if run[0])


def to_html(part: tuple[Run, ...]) -> str:
    """Return HTML in which everything but the styles is literal."""
    found = ""
    for text, style in part:
        before, after = _TAGS.get(style, ("", ""))
        found += before + html.escape(text, quote=False) + after
    return found


def to_plain(part: tuple[Run, ...]) -> str:
    """Return the text alone."""
    return "".join(text for text, _ in part)


def with_styles(text: str, entities: Iterable[object]) -> str:
    """Return a text of the bot's own, as Telegram shows it back, as the HTML that it was."""
    units_of = text.encode("utf-16-le", "surrogatepass")
    end, found = 0, ""
    for start, stop, style in sorted(_styled_spans(entities)):
        if end <= start:
            before, styled = units_of[2 * end : 2 * start], units_of[2 * start : 2 * stop]
            found += to_html(((_decoded(before), Style.PLAIN), (_decoded(styled), style)))
            end = stop
    return found + to_html(((_decoded(units_of[2 * end :]), Style.PLAIN),))


def _styled_spans(entities: Iterable[object]) -> Iterator[tuple[int, int, Style]]:
    """Yield where a style starts and ends in UTF-16 units; the bot uses no other entities."""
    for entity in entities:
        match entity:
            case {
                "type": "bold" | "code" | "expandable_blockquote" as kind,
                "offset": int(start),
                "length": int(length),
            } if length > 0:
                yield start, start + length, Style(kind)


def _decoded(units_of: bytes) -> str:
    return units_of.decode("utf-16-le", "replace")


def parts(text: str, limit: int = LIMIT, folded: str = "") -> tuple[tuple[Run, ...], ...]:
    """Split a text into parts of at most `limit` UTF-16 units, none of them blank.

    What is `folded` stands below it as a quote that opens.
    """
    whole = runs(UNSENT.sub("", text).strip())
    quote = UNSENT.sub("", folded).strip()
    if whole and quote:
        whole = (*whole, ("\n\n", Style.PLAIN), (quote, Style.FOLDED))
    plain = to_plain(whole)
    if units(plain) <= limit:
        return (whole,) if plain.strip() else ()
    return tuple(_slice(whole, start, end) for start, end in _spans(plain, limit))


def _spans(plain: str, limit: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(plain):
        if units(plain[start:]) <= limit:
            end = after = len(plain)
        else:
            end, after = _cut(plain, start, start + _fitting(plain[start : start + limit], limit))
        if plain[start:end].strip():
            yield start, end
        start = after


def _fitting(text: str, limit: int) -> int:
    """Return how many characters from the start of `text` are within `limit` units."""
    length = 0
    for count, character in enumerate(text):
        length += 2 if ord(character) > 0xFFFF else 1
        if length > limit:
            return count
    return len(text)


def _cut(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return where the part ends and the next begins: the best break in its later half."""
    for pattern in BREAKS:
        found = None
        for match in pattern.finditer(plain, start + (end - start) // 2, end):
            found = match
        if found:
            return found.start(), found.end()
    return end, end


def _slice(whole: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    cut: list[Run] = []
    at = 0
    for text, style in whole:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            cut.append((piece, style))
        at += len(text)
    return tuple(cut)
