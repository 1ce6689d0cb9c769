"""What is known of languages that the bot does not speak: enough to tell them, and for help.

Each has a file in `others/`, named for its code: its plainest words for emergencies, the small
words and letters by which it is known, and what is said to people who write in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from intents.languages.folding import Phrase
from intents.languages.tables import Tables
from intents.yaml_files.faults import Faults, FileFaults

OTHERS: Final = Path(__file__).parent / "others"


class Danger(StrEnum):
    """What every language has plain words for; a content says which of its signs each means."""

    CHEST_PAIN = "chest_pain"
    BREATHING = "breathing"  # cannot breathe, or does not
    COLLAPSE = "collapse"  # fainted, unconscious
    STROKE = "stroke"
    SEIZURE = "seizure"
    HEART_ATTACK = "heart_attack"
    POISONING = "poisoning"
    SUICIDE = "suicide"
    HELP = "help"  # an ambulance, or help at once


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A language that the bot does not speak; each field is a name in its file."""

    code: str
    speakers: float  # in millions: of two languages that fit alike the larger one is meant
    scripts: frozenset[str]  # as Unicode names its letters: LATIN, CYRILLIC
    only: str  # "I only understand English", for the language that the bot speaks
    emergency: str
    crisis: str
    otherwise: str  # whom to call if it is an emergency
    known_by: frozenset[str]  # small and common words; letters, in a script of its own
    not_before: tuple[Phrase, ...]  # right before the words of a danger these deny it
    calls: tuple[Phrase, ...]  # call for help where they are the whole message
    dangers: Mapping[Danger, tuple[Phrase, ...]]


@lru_cache(maxsize=8)
def load_others(spoken: str, folder: Path = OTHERS) -> tuple[OtherLanguage, ...]:
    """Read all languages but the one with the code `spoken`, the largest first.

    Raises FileFaults with every fault in their files.
    """
    noted: list[Faults] = []
    found = [_read(path, spoken, noted) for path in folder.glob("*.yaml") if path.stem != spoken]
    faults = tuple(sorted(fault for one in noted for fault in one.found))
    if faults:
        raise FileFaults(faults)
    return tuple(sorted(found, key=lambda one: (-one.speakers, one.code)))


def _read(path: Path, spoken: str, noted: list[Faults]) -> OtherLanguage:
    file = Tables(path, noted)
    file.text("name")
    found = OtherLanguage(
        code=path.stem,
        speakers=file.number("speakers"),
        scripts=frozenset(" ".join(script).upper() for script in file.phrases("scripts")),
        only=file.text_for("only", spoken),
        emergency=file.text("emergency"),
        crisis=file.text("crisis"),
        otherwise=file.text("otherwise"),
        known_by=frozenset(" ".join(phrase) for phrase in file.phrases("known_by")),
        not_before=file.phrases("not_before"),
        calls=file.phrases("calls"),
        dangers={danger: file.phrases(danger) for danger in Danger},
    )
    file.close()
    return found
