"""faq.yaml and its example files -> Faq, or every fault at once: file, line, what, remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from intents.content.check import Check
from intents.content.check_block import LABEL_LIMIT, CheckBlock
from intents.content.example_files import ExampleFiles
from intents.content.faq import (
    CheckFirst,
    Combination,
    Faq,
    FaqError,
    Group,
    Intent,
    Level,
    LevelWay,
    Source,
    Thresholds,
    WarningSign,
)
from intents.content.references import References
from intents.content.sentences import Sentences
from intents.languages.language import DEFAULT_LANGUAGE, Language
from intents.languages.loading import LANGUAGES, known_languages, load_language
from intents.languages.other_languages import Danger
from intents.yaml_files.faults import Fault, Faults, FileFaults
from intents.yaml_files.text import parse
from intents.yaml_files.tree import Entry

ANSWER_LIMIT: Final = 900
TITLE_LIMIT: Final = 40
ENOUGH_WORDS: Final = 30  # of all answers, to tell their language
MOSTLY: Final = 0.6  # of the words of a text in a language are among its commonest


def load(path: Path, today: date | None = None, languages: Path = LANGUAGES) -> Faq:
    """Read a content file and the examples it names; `today` is held against the review dates.

    Raises:
        FaqError: the content has faults; all of them are in it.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not text in UTF-8", "Save it again as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not one of a file"
        raise _unreadable(
            path, f"cannot be read: {reason}", "Check its name and place."
        ) from error
    return load_text(text, str(path), path.parent, today, languages)


def load_text(
    text: str,
    file: str = "faq.yaml",
    folder: Path = Path(),
    today: date | None = None,
    languages: Path = LANGUAGES,
) -> Faq:
    """Read content from a text; paths in it are relative to `folder`. Raises FaqError."""
    faults = Faults(file)
    top = parse(text, faults)
    if top is None:
        raise FaqError(tuple(faults.found))
    return _Loader(top, faults, folder, today, languages).load()


def _unreadable(path: Path, what: str, remedy: str) -> FaqError:
    return FaqError((Fault(str(path), 1, f"This file {what}.", remedy),))


class _Loader:
    """Reads one content, section by section, then holds the references against what is there."""

    def __init__(
        self, top: Entry, faults: Faults, folder: Path, today: date | None, languages: Path
    ) -> None:
        self.top = top
        self.languages = languages
        self.faults = faults
        self.today = today
        self.warnings: list[Fault] = []
        self.references = References()
        self.sentences = Sentences(has_number=bool(top.text("emergency_number", "")))
        self.check_block: CheckBlock | None = None
        named = top.optional_text("examples")
        self.files = ExampleFiles(
            faults, folder / named if named else None, top.line_of("examples")
        )

    def load(self) -> Faq:
        faq = self._read()
        self.files.reject_strangers()
        self.top.reject_unknown()
        self.references.hold(_ids(faq))
        if self.check_block:
            self.check_block.hold(faq)
        found = {*self.faults.found, *self.files.faults}
        if found:
            raise FaqError(tuple(sorted(found)))
        return replace(faq, warnings=tuple(sorted({*self.warnings, *self.files.warnings})))

    def _read(self) -> Faq:
        top, files, language = self.top, self.files, self._language()
        faq = Faq(
            name=top.text("name"),
            language=language,
            reviewed_by=top.optional_text("reviewed_by"),
            emergency_number=top.text("emergency_number", ""),
            thresholds=self._thresholds(),
            sources=top.unique("sources", "source", self._source),
            groups=top.unique("groups", "group", self._group),
            levels=top.unique("levels", "level", self._level),
            signs=top.unique("signs", "sign", self._sign),
            combinations=top.blocks("combinations", self._combination),
            intents=top.unique("intents", "topic", self._intent),
            check=self._check(),
            words=self.sentences.words(top.entry("words"), language.sentences),
            concepts=files.concepts(),
            out_of_scope=files.out_of_scope(),
            not_affirmed=files.not_affirmed(),
            ordinary=files.ordinary(),
            dangers=files.dangers(),
            topic_words=files.topic_words(),
        )
        faq = replace(faq, patterns=files.patterns({sign.id for sign in faq.signs}))
        self._hold_language(faq, language)
        if not faq.intents and not top.is_malformed("intents"):
            top.fault('There are no "intents".', "Add at least one topic under it.")
        return faq

    def _language(self) -> Language:
        """Return the language of the content; where there is none, English, and a fault."""
        code = self.top.text("language", DEFAULT_LANGUAGE)
        try:
            return load_language(code, self.languages)
        except FileFaults as error:
            if code in known_languages(self.languages):
                self.files.faults += error.faults
            else:
                self.top.fault(
                    f'There is no language "{code[:20]}" here.',
                    f'Write one of these behind "language:": {_listed(self.languages)}. Another'
                    " needs a folder of its own beside theirs.",
                    self.top.line_of("language"),
                )
            return load_language(DEFAULT_LANGUAGE)

    def _hold_language(self, faq: Faq, language: Language) -> None:
        """Note a content that is written in another language than it says."""
        told = " ".join(f"{intent.question} {intent.answer}" for intent in faq.intents)
        count, share = language.share_known(told)
        if count >= ENOUGH_WORDS and share < MOSTLY:
            self.top.fault(
                f'Most words of the answers are not in the language "{language.code}".',
                f'Write the right one behind "language:" ({_listed(self.languages)}): people who'
                " write in another would be misread, their warning signs above all.",
                self.top.line_of("language"),
            )

    def _source(self, entry: Entry) -> Source:
        source = Source(
            entry.id(),
            entry.text("publisher"),
            entry.text("title"),
            entry.optional_text("link"),
            entry.date("checked"),
            entry.date("check_again"),
        )
        if source.link and not re.fullmatch(r"https?://\S+", source.link):
            entry.fault(
                '"link" must be a web address.',
                "Start it with https://, or remove it.",
                entry.line_of("link"),
            )
        if self.today and source.check_again and source.check_again < self.today:
            self.warnings.append(
                Fault(
                    self.faults.file,
                    entry.line_of("check_again"),
                    f'The source "{source.id}" was to be read again by {source.check_again}.',
                    "Read it, mend what changed, and set new dates.",
                )
            )
        return source

    def _group(self, entry: Entry) -> Group:
        return Group(entry.id(), entry.text("title", limit=TITLE_LIMIT))

    def _level(self, entry: Entry) -> Level:
        return Level(
            entry.id(),
            entry.text("title"),
            self.sentences.read(entry, "text"),
            self.sentences.read(entry, "safety_net", ""),
            entry.flag("emergency"),
            entry.flag("crisis"),
            entry.flag("advice"),
            self.sentences.read(entry, "again", ""),
            self.sentences.read(entry, "done", ""),
            self.sentences.read(entry, "of_others", ""),
            entry.blocks("ways", self._way),
        )

    def _way(self, entry: Entry) -> LevelWay:
        return LevelWay(
            entry.text("label", limit=LABEL_LIMIT),
            self.references.many("sign", entry, "signs"),
            self.sentences.read(entry, "says", ""),
            entry.texts("words"),
            entry.text("of_others", "", limit=LABEL_LIMIT),
        )

    def _sign(self, entry: Entry) -> WarningSign:
        id = entry.id()
        return WarningSign(
            id,
            entry.text("title"),
            self.references.one("level", entry, "level"),
            self.files.sign(id, entry),
            you=entry.text("you", ""),
            ask=self.sentences.read(entry, "ask", ""),
            ask_of_others=self.sentences.read(entry, "ask_of_others", ""),
            otherwise=self.sentences.read(entry, "otherwise", ""),
            tells=entry.texts("tells"),
            denies=entry.texts("denies"),
            first_aid=self.sentences.read(entry, "first_aid", ""),
            sources=self.references.many("source", entry, "sources"),
            implies=self.references.many("sign", entry, "implies"),
            in_words_only=entry.flag("in_words_only"),
            stays=entry.flag("stays"),
            dangers=tuple(map(Danger, entry.choices("dangers", list(Danger)))),
        )

    def _intent(self, entry: Entry) -> Intent:
        id = entry.id()
        return Intent(
            id=id,
            title=entry.text("title", limit=TITLE_LIMIT),
            question=entry.text("question", ""),
            answer=self.sentences.read(entry, "answer", limit=ANSWER_LIMIT),
            examples=self.files.intent(id, entry),
            group=self.references.one("group", entry, "group", ""),
            sources=self.references.many("source", entry, "sources"),
            follow_ups=self.references.many("topic", entry, "follow_ups"),
            check=CheckFirst(entry.choice("check", list(CheckFirst), CheckFirst.NONE)),
            ends=entry.flag("ends"),
            calms=entry.flag("calms"),
            part_of=self.references.many("topic", entry, "part_of"),
        )

    def _combination(self, entry: Entry) -> Combination:
        signs = frozenset(self.references.many("sign", entry, "signs"))
        signs |= frozenset(self.references.many("risk", entry, "risks"))
        if len(signs) < 2:
            entry.fault(
                "A combination needs two signs or more, or a sign and a risk.",
                'Write them as "signs: [one, two]".',
            )
        return Combination(
            signs, self.references.one("level", entry, "level"), entry.text("because")
        )

    def _check(self) -> Check | None:
        entry = self.top.entry("check")
        if entry is None:
            return None
        if not self.top.has("levels"):
            entry.fault(
                'The check needs "levels" for its result.',
                "Add levels, the most serious first.",
            )
        self.check_block = CheckBlock(entry, self.references, self.sentences)
        return self.check_block.read()

    def _thresholds(self) -> Thresholds:
        entry = self.top.entry("thresholds")
        standard = Thresholds()
        if entry is None:
            return standard
        values = {
            name: entry.number(name, getattr(standard, name), most=1)
            for name in Thresholds.__dataclass_fields__
        }
        entry.reject_unknown()
        return Thresholds(**{name: value for name, value in values.items() if value is not None})


def _listed(languages: Path) -> str:
    return ", ".join(known_languages(languages))


def _ids(faq: Faq) -> Mapping[str, set[str]]:
    risks = {risk.id for risk in faq.check.risks} if faq.check else set()
    return {
        "source": {source.id for source in faq.sources},
        "group": {group.id for group in faq.groups},
        "level": {level.id for level in faq.levels},
        "sign": {sign.id for sign in faq.signs},
        "topic": {intent.id for intent in faq.intents},
        "risk": risks,
        "sign or risk": risks | {sign.id for sign in faq.signs},
    }
