"""Whom a message is about, and what it tells of them that changes the advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from intents.content.faq import Faq
from intents.languages.language import Cue
from intents.reading.context import NEGATED, OTHER, OVER, PAST
from intents.reading.cues import CueTree
from intents.reading.phrase_tree import PhraseTree
from intents.reading.reading import Reader, Reading

_CUES: Final = (Cue.SELF, Cue.PATIENTS)
_MOSTLY: Final = 0.8  # of a message's words
_NOT_NOW: Final = NEGATED | OVER | PAST  # "I am not pregnant", "when I was pregnant"


class About(NamedTuple):
    """The patient of a message."""

    is_own: bool = False  # it tells or asks of somebody: the writer, or one they speak for
    of_other: bool = False  # … who is not the writer
    risks: tuple[str, ...] = ()  # ids, as in the check


class AboutReader:
    """Tells whom messages are about, for one content."""

    def __init__(self, faq: Faq, reader: Reader) -> None:
        language = reader.language
        self._cues = CueTree({cue: language.cues[cue] for cue in _CUES})
        self._complaint = language.times.complaint
        self._places = language.times.places
        risks = faq.check.risks if faq.check else ()
        self._risks = [risk.id for risk in risks]
        self._told = PhraseTree(
            (reader.read(words, mend=False).stems, risk.id)
            for risk in risks
            for words in risk.words
        )

    def read(self, reading: Reading) -> About:
        """Tell whom a message is about."""
        words = reading.plain
        found = {cue for n in range(len(words)) for cue in self._cues.at(words, n)}
        is_told = Cue.PATIENTS in found or self._is_told_of_another(reading)
        of_other = is_told and not self._has_own_place(reading)
        told = set(self._told_risks(reading, of_other))
        risks = tuple(risk for risk in self._risks if risk in told)
        return About(Cue.SELF in found or of_other, of_other, risks)

    def _is_told_of_another(self, reading: Reading) -> bool:
        """Tell whether the complaint is somebody else's, and never the writer's."""
        marks = [
            reading.marks[mention.start]
            for mention in reading.concepts
            if mention.concept in self._complaint
        ]
        if not marks:  # "my brother ran in the heat, now he talks nonsense"
            marks = [mark for mark in reading.marks if mark & OTHER]
            return len(marks) >= _MOSTLY * max(1, len(reading.marks))
        return all(mark & OTHER for mark in marks)

    def _has_own_place(self, reading: Reading) -> bool:
        """Tell whether it is the writer's body: "my daughter says I should ask: my calf …"."""
        words = reading.plain
        return any(
            Cue.SELF in self._cues.at(words, mention.start - 1)
            for mention in reading.concepts
            if mention.start and mention.concept in self._places
        )

    def _told_risks(self, reading: Reading, of_other: bool) -> Iterator[str]:
        stems = reading.stems
        denying = _NOT_NOW if of_other else _NOT_NOW | OTHER
        for start in range(len(stems)):
            for risk, end in self._told.at(stems, start):
                if not any(mark & denying for mark in reading.marks[start:end]):
                    yield risk
