"""Read a reply to one of the check's questions: a choice among options, a length of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from intents.reading.durations import longest
from intents.reading.text import Token, clean, tokens
from intents.short_replies import exception


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALL: Final = re.compile(
    r"^\W*(?:yes\W+)?(?:all|everything|every one)(?: of)?(?: (?:them|these|those|that|the above))?"
    r"(?: (?:apply|applies|fit|fits))?\W*(?:(?:except|but(?: not)?|apart from|other than|besides|"
    r"without|not)\b(?P<rest>.+))?$"
)
_ORDINALS: Final = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "eighth": 7, "8th": 7,
}  # fmt: skip
_AROUND_POSITIONS: Final = _words(
    """the and or just only number no nr one ones option options answer tap i have yes also with
    please both"""
)
_POINTING: Final = re.compile(r"^(?:(?:yes|just|only|its|it's|maybe)\W+)*the (?P<name>.+?) ones?$")
_LONGEST_EXCEPTION: Final = 40  # words; what excepts something in a longer text is a tale
_SHORT: Final = 2  # words; so short a reply names its option by any word of the label
_PARENTHESES: Final = re.compile(r"\([^)]*\)")
_CLAUSE: Final = re.compile(r"[,;.!\n]|\bbut\b")
_NEGATIONS: Final = _words(
    "no not none never without didnt dont havent hasnt isnt wasnt arent cant doesnt nor"
)
_REACH: Final = 4  # words that a negation reaches forward
_LABEL_NOISE: Final = _words(
    """a an the or and of to in on not no my your one new than usual little lot lately coming
    before after less more that just from with"""
)
_LONGEST_DURATION: Final = 8  # words; a longer text may name a length of time for other reasons


class Option(NamedTuple):
    """Something that can be picked, and what people call it."""

    labels: tuple[str, ...]  # any telling word of one may name it in a short reply
    words: tuple[str, ...] = ()  # each names it by itself


def read_choices(text: str, options: Sequence[Option]) -> frozenset[int]:
    """Return which options a reply picks, by position; empty when it picks in no way we know.

    Understood are numbers ("1 and 3", "the second"), names ("just the numb one"), "all",
    "all except …" and "none except …".
    """
    text = clean(text).casefold()
    folded = _folded(text)
    exact = frozenset(n for n, o in enumerate(options) if folded in map(_folded, o.labels))
    if exact or not folded:
        return exact
    found = tokens(text)
    if len(found) <= _LONGEST_EXCEPTION:
        rest = exception(text)
        if rest:
            return read_choices(rest, options)
        everything = _ALL.match(text)
        if everything:
            rest = everything["rest"] or ""
            return frozenset(range(len(options))) - read_choices(rest, options)
    return _by_position(found, len(options)) or _named(text, options)


def takes_all(text: str) -> bool:
    """Tell whether a reply takes all options, or all but a few."""
    return _ALL.match(clean(text).casefold()) is not None


def is_negated(text: str) -> bool:
    """Tell whether a reply denies something."""
    return any(token.word in _NEGATIONS for token in tokens(clean(text)))


def points_at(text: str, options: Sequence[Option]) -> bool:
    """Tell whether a reply points at one of the options: "the second one", "the dizzy one"."""
    text = clean(text).casefold()
    found = tokens(text)
    if any(token.word in _ORDINALS for token in found) and _by_position(found, len(options)):
        return True
    return _POINTING.match(text.strip()) is not None and bool(_named(text, options))


def only_picks(text: str, options: Sequence[Option]) -> bool:
    """Tell whether a reply holds nothing but the choice of one or more of the options."""
    text = clean(text).casefold().strip()
    if _by_position(tokens(text), len(options)):
        return True
    pointed = _POINTING.match(text)
    if pointed:
        said = {token.stem for token in tokens(pointed["name"])}
        return any(said <= set(_folded(label).split()) for o in options for label in o.labels)
    return any(_folded(text) == _folded(label) for o in options for label in o.labels)


def read_hours(text: str) -> float | None:
    """Return the length of time that a reply names ("3wks", "since Monday", "yesterday")."""
    if "?" in text or len(tokens(clean(text))) > _LONGEST_DURATION:
        return None
    for attempt in (text, f"since {text}", f"for {text}"):
        found = longest(attempt)
        if found:
            return found.hours
    return None


def _by_position(found: Sequence[Token], count: int) -> frozenset[int]:
    """Return the options named by number; empty when other words stand there too."""
    chosen = set()
    for token in found:
        if token.word.isdecimal() and len(token.word) < 3:
            chosen.add(int(token.word) - 1)
        elif token.word in _ORDINALS:
            chosen.add(_ORDINALS[token.word])
        elif token.word == "last":
            chosen.add(count - 1)
        elif token.word not in _AROUND_POSITIONS:
            return frozenset()
    return frozenset(chosen) if all(0 <= n < count for n in chosen) else frozenset()


def _named(text: str, options: Sequence[Option]) -> frozenset[int]:
    """Return the options named by their own words, where those are not denied."""
    pointed = _POINTING.match(text.strip())
    clauses = [tokens(part) for part in _CLAUSE.split(pointed["name"] if pointed else text)]
    short = sum(map(len, clauses)) <= _SHORT and not is_negated(text)
    brief = short or pointed is not None
    return frozenset(
        n
        for n, option in enumerate(options)
        if any(_names(clause, option, brief) for clause in clauses)
    )


def _names(clause: Sequence[Token], option: Option, brief: bool) -> bool:
    return any(_says(clause, tokens(clean(words))) for words in option.words) or any(
        _alludes_to(clause, label, brief) for label in option.labels
    )


def _alludes_to(clause: Sequence[Token], label: str, brief: bool) -> bool:
    """Tell whether a clause has enough of a label's words, denied where the label denies."""
    denies = label.casefold().split()[:1] == ["no"]
    told = {t.stem for n, t in enumerate(clause) if brief or _is_denied(clause, n) == denies}
    telling = _telling(label)
    return len(told & telling) >= (1 if brief or len(telling) < 3 else 2)


def _says(clause: Sequence[Token], phrase: Sequence[Token]) -> bool:
    """Tell whether a clause says a phrase, and does not deny it."""
    stems = [token.stem for token in phrase]
    return any(
        [token.stem for token in clause[n : n + len(stems)]] == stems and not _is_denied(clause, n)
        for n in range(len(clause) - len(stems) + 1)
    )


def _is_denied(clause: Sequence[Token], n: int) -> bool:
    return any(token.word in _NEGATIONS for token in clause[max(0, n - _REACH) : n])


def _telling(label: str) -> set[str]:
    """Return the stems of a label's own words, without what stands in parentheses."""
    found = tokens(clean(_PARENTHESES.sub(" ", label)))
    return {t.stem for t in found if t.word not in _LABEL_NOISE and len(t.word) > 2}


def _folded(text: str) -> str:
    return " ".join(token.stem for token in tokens(clean(text)))
