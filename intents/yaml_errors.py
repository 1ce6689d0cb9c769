"""What YAML's errors mean to someone who writes texts: where, what, and what to do."""

from __future__ import annotations

from typing import Final, NamedTuple

import yaml


class Meaning(NamedTuple):
    """An error of libyaml in plain words; `part` is found in what libyaml says."""

    part: str
    what: str
    remedy: str
    where_it_began: bool = False  # point at the start of the thing that is not closed


# The first that fits is taken.
_MEANINGS: Final = (
    Meaning("found a tab", "There is a tab in this line.", "Use spaces instead."),
    Meaning(
        "mapping values are not allowed",
        "A colon with a space after it stands inside a text, or the line starts too far in.",
        "Put the text into quotes, or start the line below the ones before it.",
    ),
    Meaning(
        "quoted scalar",
        "A text in quotes is not closed, or has a \\ or another quote in it.",
        "Close the quote, or write the text below a | on lines of its own.",
        where_it_began=True,
    ),
    Meaning(
        "cannot start any token",
        "A text starts with a sign that means something else here (@, ` or %), or with a tab.",
        "Put the text into quotes, and use spaces at the start of lines.",
    ),
    Meaning(
        "flow mapping",
        "A { is not closed, or a text starts with one.",
        "Put the text into quotes, or close it with }.",
        where_it_began=True,
    ),
    Meaning(
        "flow sequence",
        "A [ is not closed, or a text starts with one.",
        "Put the text into quotes, or close it with ].",
        where_it_began=True,
    ),
    Meaning(
        "undefined alias",
        "A text starts with *, which means something else here.",
        "Put the text into quotes.",
    ),
    Meaning(
        "alphabetic or numeric character",
        "A text starts with * or &, which mean something else here.",
        "Put the text into quotes.",
    ),
    Meaning(
        "not allowed in this context",
        "A text starts with - or ?, which mean something else here.",
        "Put the text into quotes, or start a list on the next line.",
    ),
    Meaning(
        "block scalar",
        "Behind | or > something stands on the same line, or the text starts too far left.",
        "Write the text on the lines below, two spaces further in.",
    ),
    Meaning(
        "while parsing a block",
        "This line does not fit the lines round it.",
        "Give it as many spaces at its start as they have; a text that starts with a quote or { "
        "must be in quotes as a whole.",
    ),
    Meaning(
        "could not find expected ':'",
        "A name stands here, or on the line above, without a colon behind it.",
        'Write "name: text", with a space after the colon.',
    ),
    Meaning(
        "expected a single document",
        'A line "---" starts a second document here.',
        "Remove that line.",
    ),
)


def explain(error: yaml.MarkedYAMLError) -> tuple[int, str, str]:
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
