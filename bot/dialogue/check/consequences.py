"""What an answer to a question of the check leads to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.state import Progress


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question; `preface` names a sentence to say first, `note` is one of the content."""

    progress: Progress
    preface: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """An option of the open question was ticked or unticked."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Finished:
    """All is answered."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Hazard:
    """An emergency sign fits, or may fit; `signs` where it is known which."""

    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person wants no more questions."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """This does not answer the open question; `reason` names the sentence that says so."""

    reason: str = "not_understood"


Consequence = Ask | Ticked | Finished | Hazard | Stopped | NoAnswer
