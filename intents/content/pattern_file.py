"""The patterns of warning signs: `signs/patterns.yaml` -> Patterns, every fault noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from intents.content.faq import DANGER, Pattern, Patterns
from intents.languages.folding import fold_phrase
from intents.yaml_files.tree import Entry, is_id, nearest

_KEYWORDS: Final = frozenset({"in", "order", "of", "others", "anywhere", "within", "without"})
_REMEDY: Final = (
    'Write group names, then "in order", "anywhere", "within 5" or "without" and groups, as'
    " the head of the file shows."
)


class _Parsed(NamedTuple):
    """A pattern as written, or what is wrong with it."""

    groups: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    within: int | None = None
    in_order: bool = False
    anywhere: bool = False
    of_others: bool = False
    fault: str = ""


def read_patterns(top: Entry, signs: Collection[str]) -> Patterns:
    """Read groups and patterns; groups and signs that do not exist are faults."""
    block = top.entry("groups")
    groups = {name: _phrases(block, name) for name in block.names()} if block else {}
    for name in groups:
        if block and (not is_id(name) or name in _KEYWORDS):
            block.fault(
                f'"{name}" cannot be the name of a group.',
                "Use small letters, digits and underscores, and none of the words of patterns.",
                block.line_of(name),
            )
    found = [*_dangers(top, groups)]
    found += _by_sign(top.entry("signs"), signs, groups)
    faint = _by_sign(top.entry("asked"), signs, groups)
    found += (replace(pattern, only_asks=True) for pattern in faint)
    top.reject_unknown()
    return Patterns(groups, tuple(found))


def _dangers(top: Entry, groups: Collection[str]) -> Iterator[Pattern]:
    """Yield the patterns of dangers that no sign covers."""
    yield from _of(top, "dangers", DANGER, groups)


def _by_sign(
    block: Entry | None, signs: Collection[str], groups: Collection[str]
) -> Iterator[Pattern]:
    """Yield the patterns of each sign; a sign that does not exist is a fault."""
    if block is None:
        return
    for sign in block.names():
        if sign not in signs:
            near = nearest(sign, signs)
            block.fault(
                f'There is no sign "{sign[:40]}".',
                f'Did you mean "{near}"?' if near else "Add it to faq.yaml, or remove it here.",
                block.line_of(sign),
            )
        yield from _of(block, sign, sign, groups)


def _of(entry: Entry, name: str, sign: str, groups: Collection[str]) -> Iterator[Pattern]:
    """Yield the patterns of a list; those that cannot be read are faults."""
    for text, line in entry.lines(name):
        parsed = _parsed(text, groups)
        if parsed.fault:
            entry.fault(f'In the pattern "{text[:60]}" {parsed.fault}.', _REMEDY, line)
        else:
            yield Pattern(sign, text, *parsed[:-1])


def _phrases(block: Entry, name: str) -> tuple[str, ...]:
    phrases = (" ".join(fold_phrase(part)) for part in block.text(name).split(","))
    return tuple(dict.fromkeys(filter(None, phrases)))


def _parsed(text: str, known: Collection[str]) -> _Parsed:
    """Take a pattern apart: groups, then the conditions."""
    words = text.split()
    groups: list[str] = []
    without: list[str] = []
    within: int | None = None
    in_order = anywhere = of_others = False
    target = groups
    at = 0
    while at < len(words):
        word = words[at]
        if word == "in" and words[at + 1 : at + 2] == ["order"]:
            in_order, at = True, at + 1
        elif word == "of" and words[at + 1 : at + 2] == ["others"]:
            of_others, at = True, at + 1
        elif word == "anywhere":
            anywhere = True
        elif word == "within":
            number = words[at + 1] if at + 1 < len(words) else ""
            if not number.isdecimal() or not int(number):
                return _Parsed(fault='a number of words is missing behind "within"')
            within, at = int(number), at + 1
        elif word == "without":
            target = without
        elif word not in known:
            near = nearest(word, known)
            hint = f' (did you mean "{near}"?)' if near else ""
            return _Parsed(fault=f'"{word[:40]}" is no group{hint}')
        else:
            target.append(word)
        at += 1
    if not groups:
        return _Parsed(fault="no group is named")
    return _Parsed(tuple(groups), tuple(without), within, in_order, anywhere, of_others)
