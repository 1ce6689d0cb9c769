"""The content model: what faq.yaml and its example files say, as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final

from intents.content.check import Check, Option
from intents.languages.language import DEFAULT_LANGUAGE, Language, TopicWords
from intents.languages.loading import load_language
from intents.languages.other_languages import Danger
from intents.yaml_files.faults import Fault, FileFaults


class CheckFirst(StrEnum):
    """Whether a question is answered before, beside or without the symptom check."""

    FIRST = "first"  # about the writer's own symptom: the check comes before the answer
    OFFER = "offer"  # answered at once, with a button that starts the check
    NONE = "none"  # answered at once


@dataclass(frozen=True, slots=True)
class Source:
    """A published page that an answer rests on."""

    id: str
    publisher: str
    title: str
    link: str | None = None
    checked: date | None = None
    check_again: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading in the list of topics."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing people ask, and our answer to it."""

    id: str
    title: str
    question: str
    answer: str
    examples: tuple[str, ...]
    group: str = ""  # empty: small talk, not listed among the topics
    sources: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    check: CheckFirst = CheckFirst.NONE
    ends: bool = False  # who says so wants no more questions
    calms: bool = False  # nothing for somebody who was just told to be seen today
    part_of: tuple[str, ...] = ()  # wider topics, whose question its answer answers as well

    @property
    def asked(self) -> tuple[str, ...]:
        """Return all that people may ask it by: its examples, its title and its question."""
        named = (text for text in (self.title, self.question) if text)
        return tuple(dict.fromkeys((*self.examples, *named)))


@dataclass(frozen=True, slots=True)
class LevelWay:
    """A button under a level's text."""

    label: str
    signs: tuple[str, ...] = ()  # are true then; none: the person says that they are safe
    says: str = ""  # the answer where no sign is
    words: tuple[str, ...] = ()  # what someone may type instead of tapping
    of_others: str = ""  # the label where somebody else is the patient

    def label_for(self, of_other: bool) -> str:
        """Return the label for the writer, or for whoever writes for somebody else."""
        return (of_other and self.of_others) or self.label


@dataclass(frozen=True, slots=True)
class Level:
    """How soon someone should be seen; `Faq.levels` runs from the most to the least serious."""

    id: str
    title: str
    text: str
    safety_net: str = ""
    emergency: bool = False  # help has to be called at once: nothing else is asked
    crisis: bool = False  # a person in despair: it stays until they say that they are safe
    advice: bool = False  # likely causes and remedies help then
    again: str = ""  # what is said while it lasts, to whatever is written next
    done: str = ""  # the text of a crisis in which an emergency has happened already
    of_others: str = ""  # the text where somebody else is the patient, first aid included
    ways: tuple[LevelWay, ...] = ()


@dataclass(frozen=True, slots=True)
class WarningSign:
    """Something the writer may have that decides the level."""

    id: str
    title: str  # as in "do you have …?": lower case, no full stop
    level: str
    phrases: tuple[str, ...] = ()
    examples: int = 0  # how many phrases there were, where they are left out
    you: str = ""  # completes "because you told me that …"
    ask: str = ""  # asks about this sign alone
    ask_of_others: str = ""  # … where somebody else is the patient
    otherwise: str = ""  # what is said when the answer is no
    tells: tuple[str, ...] = ()  # words of a reply to that which mean yes
    denies: tuple[str, ...] = ()  # … and no
    first_aid: str = ""  # what to do until help comes
    sources: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()  # wider signs that come with it
    in_words_only: bool = False  # no step of the check asks about it
    stays: bool = False  # it is an emergency even if it has passed
    dangers: tuple[Danger, ...] = ()  # mean it: every language has plain words for them


@dataclass(frozen=True, slots=True)
class Combination:
    """Signs which together mean a more serious level than each alone."""

    signs: frozenset[str]
    level: str
    because: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Everyday words for one idea."""

    id: str
    words: tuple[str, ...]


DANGER: Final = "+danger"  # stands for dangers that no sign covers; no id of a sign can be so


@dataclass(frozen=True, slots=True)
class Pattern:
    """Groups of words that together tell a sign; see signs/patterns.yaml of the examples."""

    sign: str
    text: str  # as the content writes it
    groups: tuple[str, ...]
    without: tuple[str, ...] = ()  # groups of which no word may stand in the sentence
    within: int | None = None  # words from the first to the last; None: the whole sentence
    in_order: bool = False
    anywhere: bool = False  # in the message, not in one sentence
    of_others: bool = False  # it tells the sign of somebody else
    only_asks: bool = False  # it never names its sign: the sign is asked about, alone


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns of a content, and the groups that they name."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where scores (0 to 1) turn into outcomes; `evaluate --calibrate` sets the first three."""

    match: float = 0.55  # the best score that is answered directly
    margin: float = 0.10  # and its lead over the second
    offer: float = 0.15  # below this the message is out of scope
    veto: float = 0.18  # a sign told in words counts unless what was learned gives it less
    sure: float = 0.62  # what was learned alone names a sign in a short message …
    sure_long: float = 0.97  # … and in a long one
    sure_unasked: float = 0.62  # … in any, where it is no emergency and no step asks about it
    suspicion: float = (
        0.03  # an emergency that may be meant in a short message makes the bot ask …
    )
    suspicion_long: float = 0.10  # … and in a long one
    suspicion_wide: float = 0.35  # … where it is the wide sign alone that others bring along
    danger: float = 0.27  # so does a danger that no sign covers


class FaqError(FileFaults):
    """The content cannot be used."""


@dataclass(frozen=True, slots=True)
class Faq:
    """All that the bot says and knows."""

    name: str
    intents: tuple[Intent, ...]
    words: dict[str, str]
    language: Language = field(default_factory=partial(load_language, DEFAULT_LANGUAGE))
    emergency_number: str = ""
    groups: tuple[Group, ...] = ()
    sources: tuple[Source, ...] = ()
    levels: tuple[Level, ...] = ()
    signs: tuple[WarningSign, ...] = ()
    combinations: tuple[Combination, ...] = ()
    check: Check | None = None
    concepts: tuple[Concept, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    not_affirmed: tuple[str, ...] = ()  # messages that mention a sign without affirming it
    ordinary: tuple[str, ...] = ()  # sentences of stories that tell no sign
    dangers: tuple[str, ...] = ()  # dangers that no sign covers
    patterns: Patterns = field(default_factory=Patterns)
    topic_words: TopicWords = field(default_factory=TopicWords)
    thresholds: Thresholds = field(default_factory=Thresholds)
    reviewed_by: str | None = None
    warnings: tuple[Fault, ...] = ()  # an owner should look; the bot runs all the same

    def without_examples(self) -> Faq:
        """Return the content without what only learning needs: some megabytes of messages."""
        return replace(
            self,
            intents=tuple(replace(intent, examples=()) for intent in self.intents),
            signs=tuple(
                replace(sign, phrases=(), examples=len(sign.phrases)) for sign in self.signs
            ),
            out_of_scope=(),
            not_affirmed=(),
            ordinary=(),
            dangers=(),
        )

    def intent(self, id: str) -> Intent | None:
        """Return the intent with this id, or None."""
        return next((i for i in self.intents if i.id == id), None)

    def with_wider(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return intents by id, each followed by the wider ones that its answer covers too."""
        found: list[str] = []
        for id in ids:
            intent = self.intent(id)
            found += [id, *(intent.part_of if intent else ())]
        return tuple(dict.fromkeys(found))

    def sign(self, id: str) -> WarningSign | None:
        """Return the warning sign with this id, or None."""
        return next((s for s in self.signs if s.id == id), None)

    def calms(self, id: str) -> bool:
        """Tell whether an intent's answer is nothing for somebody who should be seen today."""
        intent = self.intent(id)
        return intent is not None and intent.calms

    def source(self, id: str) -> Source | None:
        """Return the source with this id, or None."""
        return next((s for s in self.sources if s.id == id), None)

    def level(self, id: str) -> Level | None:
        """Return the level with this id, or None."""
        return next((v for v in self.levels if v.id == id), None)

    def rank(self, level_id: str) -> int:
        """Return a level's place, 0 for the most serious; one that is not known comes last."""
        return next((n for n, v in enumerate(self.levels) if v.id == level_id), len(self.levels))

    def is_emergency(self, sign_id: str) -> bool:
        """Tell whether a sign by itself is an emergency."""
        sign = self.sign(sign_id)
        return sign is not None and self.is_emergency_level(sign.level)

    def is_emergency_level(self, level_id: str) -> bool:
        """Tell whether help has to be called at once."""
        level = self.level(level_id)
        return level is not None and level.emergency

    def levels_of(self, option: Option) -> tuple[str, ...]:
        """Return the ids of the levels that an option of the check means: its own, its signs'."""
        signs = [sign for id in option.signs if (sign := self.sign(id))]
        return tuple(id for id in (option.level, *(sign.level for sign in signs)) if id)

    @property
    def emergencies(self) -> frozenset[str]:
        """Return the ids of the signs that are emergencies by themselves."""
        return frozenset(sign.id for sign in self.signs if self.is_emergency(sign.id))

    @property
    def crises(self) -> frozenset[str]:
        """Return the ids of the signs of somebody in despair."""
        crises = {level.id for level in self.levels if level.crisis}
        return frozenset(sign.id for sign in self.signs if sign.level in crises)

    @property
    def wide(self) -> frozenset[str]:
        """Return the ids of the signs that others bring along."""
        return frozenset(id for sign in self.signs for id in sign.implies)

    def implied_by(self, sign_id: str) -> tuple[str, ...]:
        """Return the ids of the wider signs that come with a sign; none where it is unknown."""
        sign = self.sign(sign_id)
        return sign.implies if sign else ()

    def combined(self, sign_ids: Collection[str]) -> tuple[Combination, ...]:
        """Return the combinations of which all signs, and risks, are among some."""
        return tuple(one for one in self.combinations if one.signs.issubset(sign_ids))

    def with_implied(self, sign_ids: Iterable[str]) -> tuple[WarningSign, ...]:
        """Return signs by id together with those they imply, each once, in content order."""
        wanted = {*sign_ids}
        for sign in self.signs:
            if sign.id in wanted:
                wanted.update(sign.implies)
        return tuple(sign for sign in self.signs if sign.id in wanted)
