"""YAML text -> its top block, or a fault in words for someone who writes texts."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import yaml

from intents.yaml_files.faults import Faults
from intents.yaml_files.tree import Entry

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_DEEPEST: Final = 30  # levels of nesting; good content has six
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class _Meaning(NamedTuple):
    """An error of libyaml in plain words; `part` is found in what libyaml says."""

    part: str
    what: str
    remedy: str
    where_it_began: bool = False  # point at the start of the thing that is not closed


# The first that fits is taken.
_MEANINGS: Final = (
    _Meaning("found a tab", "There is a tab in this line.", "Use spaces instead."),
    _Meaning(
        "mapping values are not allowed",
        "A colon with a space after it stands inside a text, or the line starts too far in.",
        "Put the text into quotes, or start the line below the ones before it.",
    ),
    _Meaning(
        "quoted scalar",
        "A text in quotes is not closed, or has a \\ or another quote in it.",
        "Close the quote, or write the text below a | on lines of its own.",
        where_it_began=True,
    ),
    _Meaning(
        "cannot start any token",
        "A text starts with a sign that means something else here (@, ` or %), or with a tab.",
        "Put the text into quotes, and use spaces at the start of lines.",
    ),
    _Meaning(
        "flow mapping",
        "A { is not closed, or a text starts with one.",
        "Put the text into quotes, or close it with }.",
        where_it_began=True,
    ),
    _Meaning(
        "flow sequence",
        "A [ is not closed, or a text starts with one.",
        "Put the text into quotes, or close it with ].",
        where_it_began=True,
    ),
    _Meaning(
        "undefined alias",
        "A text starts with *, which means something else here.",
        "Put the text into quotes.",
    ),
    _Meaning(
        "alphabetic or numeric character",
        "A text starts with * or &, which mean something else here.",
        "Put the text into quotes.",
    ),
    _Meaning(
        "not allowed in this context",
        "A text starts with - or ?, which mean something else here.",
        "Put the text into quotes, or start a list on the next line.",
    ),
    _Meaning(
        "block scalar",
        "Behind | or > something stands on the same line, or the text starts too far left.",
        "Write the text on the lines below, two spaces further in.",
    ),
    _Meaning(
        "while parsing a block",
        "This line does not fit the lines round it.",
        "Give it as many spaces at its start as they have; a text that starts with a quote or { "
        "must be in quotes as a whole.",
    ),
    _Meaning(
        "could not find expected ':'",
        "A name stands here, or on the line above, without a colon behind it.",
        'Write "name: text", with a space after the colon.',
    ),
    _Meaning(
        "expected a single document",
        'A line "---" starts a second document here.',
        "Remove that line.",
    ),
)


def parse(text: str, faults: Faults) -> Entry | None:
    """Return the top mapping of a YAML text; None, with a fault, when there is none."""
    try:
        too_deep = _line_too_deep(text)
        node = None if too_deep else yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        faults.add(*_explain(error))
        return None
    except (yaml.YAMLError, ValueError):
        odd = _UNPRINTABLE.search(text)
        line = text.count("\n", 0, odd.start()) + 1 if odd else 1
        faults.add(line, "There is a character that cannot be shown.", "Type this line anew.")
        return None
    if too_deep:
        faults.add(
            too_deep, "There are too many blocks or brackets inside each other.", "Close some."
        )
        return None
    if not isinstance(node, yaml.MappingNode):
        faults.add(
            1,
            "The file holds no names with values.",
            'Start with a line such as "name: My bot"; a space comes after the colon.',
        )
        return None
    return Entry(node, faults)


def _line_too_deep(text: str) -> int | None:
    """Return the line where nesting goes too deep; libyaml would overflow the stack on it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                mark = event.start_mark
                return mark.line + 1 if mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _explain(error: yaml.MarkedYAMLError) -> tuple[int, str, str]:
    """Return the line of an error, what it means, and the remedy."""
    said = f"{error.context or ''} {error.problem or ''}"
    meaning = next((m for m in _MEANINGS if m.part in said), None)
    began = meaning is not None and meaning.where_it_began
    first, second = error.context_mark, error.problem_mark
    mark = (first or second) if began else (second or first)
    line = mark.line + 1 if mark else 1
    if meaning is not None:
        return line, meaning.what, meaning.remedy
    return (
        line,
        f"This is not valid YAML: {error.problem or error.context}.",
        "Look at this line and the one above for a missing colon, quote or space.",
    )
