"""The `check:` block of a content: its steps, its risks, and what the result says.

What a step names stands elsewhere in the content; whether it fits together is held in the end,
when all of it has been read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intents.content.check import Cause, Check, Kind, Option, Remedy, Risk, Step
from intents.content.faq import Faq
from intents.content.references import References
from intents.content.sentences import Sentences
from intents.yaml_files.tree import Entry

LABEL_LIMIT: Final = 40  # characters of a button
LINE_LIMIT: Final = 100  # of a line in a message
STEP_ID_LIMIT: Final = 24  # so that a button's data holds it beside the longest id of an option


@dataclass(frozen=True, slots=True)
class _ReadStep:
    """A step with the blocks that it was read from, so that a fault can name their line."""

    step: Step
    entry: Entry
    options: tuple[Entry, ...]


class CheckBlock:
    """Reads the check, then holds it against the rest of the content."""

    def __init__(self, entry: Entry, references: References, sentences: Sentences) -> None:
        self._entry = entry
        self._references = references
        self._sentences = sentences
        self._read: list[_ReadStep] = []

    def read(self) -> Check:
        """Return the check; what it names is noted in the references."""
        entry, references = self._entry, self._references
        check = Check(
            report=references.one("topic", entry, "report"),
            steps=entry.unique("steps", "step", self._step),
            risks=entry.unique("risks", "risk", self._risk),
            causes=entry.blocks("causes", self._cause),
            remedies=entry.blocks("remedies", self._remedy),
        )
        if not check.steps and not entry.is_malformed("steps"):
            entry.fault('The check has no "steps".', "Add at least one step under it.")
        entry.reject_unknown()
        return check

    def _step(self, entry: Entry) -> Step:
        options: list[Entry] = []
        kind = Kind(entry.choice("kind", list(Kind), Kind.TICK))
        limit = LINE_LIMIT if kind is Kind.ANY else LABEL_LIMIT

        def option(block: Entry) -> Option:
            options.append(block)
            return self._option(block, limit)

        step = Step(
            id=entry.id(),
            kind=kind,
            question=self._sentences.read(entry, "question"),
            options=entry.unique("options", "option", option),
            of_others=self._sentences.read(entry, "of_others", ""),
            again=self._sentences.read(entry, "again", ""),
            note=self._sentences.read(entry, "note", ""),
            after=entry.flag("after"),
            offer=entry.text("offer", "", LABEL_LIMIT),
        )
        if not step.options and not entry.is_malformed("options"):
            entry.fault(
                f'The step "{step.id}" has no options.', 'Add "options:" with at least one.'
            )
        if len(step.id) > STEP_ID_LIMIT:
            entry.fault(
                f'The id of the step "{step.id}" has more than {STEP_ID_LIMIT} characters.',
                "Shorten it: the buttons of the step hold it beside an option's.",
            )
        if step.after and not step.offer:
            entry.fault(
                f'The step "{step.id}" comes after the result, and no button offers it.',
                'Add "offer:" with the button\'s label.',
            )
        self._read.append(_ReadStep(step, entry, tuple(options)))
        return step

    def _option(self, block: Entry, limit: int) -> Option:
        references = self._references
        return Option(
            id=block.id(),
            label=block.text("label", limit=limit),
            signs=references.many("sign", block, "signs"),
            level=references.one("level", block, "level", ""),
            cause=references.one("topic", block, "cause", ""),
            risk=references.one("risk", block, "risk", ""),
            over=block.number("over"),
            words=block.texts("words"),
        )

    def _risk(self, block: Entry) -> Risk:
        return Risk(
            id=block.id(),
            title=block.text("title"),
            level=self._references.one("level", block, "level", ""),
            advice=self._sentences.read(block, "advice", ""),
            words=block.texts("words"),
            first_aid=self._sentences.read(block, "first_aid", ""),
            you=block.text("you", ""),
        )

    def _cause(self, block: Entry) -> Cause:
        return Cause(
            self._references.one("topic", block, "intent"),
            self._sentences.read(block, "line"),
            self._sentences.read(block, "remedy", ""),
            self._references.many("sign or risk", block, "harms"),
        )

    def _remedy(self, block: Entry) -> Remedy:
        return Remedy(
            self._sentences.read(block, "text"),
            self._references.many("sign or risk", block, "harms"),
        )

    # What must fit together

    def hold(self, faq: Faq) -> None:
        """Note a fault wherever the steps and the rest of the content do not fit together."""
        self._hold_ids()
        for read in self._read:
            self._hold_times(read)
            if read.step.kind is Kind.ANY:
                self._hold_one_danger(read, faq)
        self._hold_asked(faq)
        if faq.levels and not any(level.emergency for level in faq.levels):
            self._entry.fault(
                "No level is an emergency, so that nobody would be told to call for help.",
                'Add "emergency: true" to the level of those who must call at once.',
            )

    def _hold_ids(self) -> None:
        """Hold that no option of one step has the id of one in another."""
        first: dict[str, tuple[Step, Entry]] = {}
        for read in self._read:
            for option, entry in zip(read.step.options, read.options, strict=False):
                step, earlier = first.setdefault(option.id, (read.step, entry))
                if option.id and step is not read.step:
                    entry.fault(
                        f'The option "{option.id[:40]}" stands in two steps; '
                        f"the first is on line {earlier.line}.",
                        "Give this one another id.",
                    )

    def _hold_times(self, read: _ReadStep) -> None:
        last = -1.0
        for option, entry in zip(read.step.options, read.options, strict=False):
            if option.over is None:
                continue
            if option.over <= last:
                entry.fault(
                    f'"over: {option.over:g}" is not more than the one before it ({last:g}).',
                    "Put the options in order, the shortest time first.",
                    entry.line_of("over"),
                )
            last = option.over

    def _hold_one_danger(self, read: _ReadStep, faq: Faq) -> None:
        """Hold that "yes, one or more" means the same however it is meant."""
        levels = [faq.levels_of(option) for option in read.step.options]
        emergency = [any(map(faq.is_emergency_level, of_one)) for of_one in levels]
        if not any(emergency):
            return
        lines = zip(read.step.options, read.options, emergency, levels, strict=False)
        for option, entry, is_one, of_one in lines:
            if not _is_known(option, faq):  # told already, where it names what does not exist
                continue
            if not is_one and of_one:
                entry.fault(
                    "This line is no emergency, but stands among lines that are: one tap would"
                    " call it one.",
                    "Move it to another step, or give its sign the level of an emergency.",
                )
            elif not of_one:
                entry.fault(
                    "This line means nothing: it has no signs and no level.",
                    'Add "signs: […]" with what it asks about.',
                )

    def _hold_asked(self, faq: Faq) -> None:
        """Hold that every emergency is asked about, unless it can only be told in words."""
        if faq.check is None:
            return
        asked = {sign for step in faq.check.steps for o in step.options for sign in o.signs}
        implied = faq.wide
        for sign in faq.signs:
            free = sign.in_words_only or sign.id in implied or sign.id in asked
            if faq.is_emergency(sign.id) and not free:
                self._entry.fault(
                    f'The sign "{sign.id}" is an emergency, and no step asks about it.',
                    'Add it to a line\'s signs, or write "in_words_only: true" at the sign.',
                )


def _is_known(option: Option, faq: Faq) -> bool:
    """Tell whether all that an option means exists."""
    return all(map(faq.sign, option.signs)) and (not option.level or bool(faq.level(option.level)))
