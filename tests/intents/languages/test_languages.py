"""A language is data: whatever is absent is a fault, and no English stands in the code."""

from __future__ import annotations

import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from intents.content.faq import FaqError
from intents.content.loader import load_text
from intents.languages.language import Cue, Questions, TopicWords
from intents.languages.loading import LANGUAGES, known_languages, load_language
from intents.options import Option, OptionReader
from intents.reading.asked import asking
from intents.reading.reading import Reader, Reading
from intents.reading.times.told_times import TimeReader
from intents.replies import read_reply
from intents.yaml_files.faults import Fault, FileFaults

FILES = ("language", "cues", "people", "times", "questions", "replies", "small_words", "sentences")
_WORD = re.compile(r"[A-Za-z']+")
# What the files of a language say to the program; all else is the language.
_STRUCTURE = re.compile(r"^( *)([a-z_0-9.]+):( *)(.*)$")
_KEPT = {"stemmer", "common_words", "hours", "several", "numbered"}


def faults(folder: Path) -> tuple[Fault, ...]:
    """Return what is wrong with the language xx of a folder."""
    with pytest.raises(FileFaults) as caught:
        load_language("xx", folder)
    return caught.value.faults


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    shutil.copytree(LANGUAGES / "en", tmp_path / "xx")
    return tmp_path


class TestFaults:
    def test_a_copy_is_sound(self, folder: Path) -> None:
        assert known_languages(folder) == ["xx"]
        assert load_language("xx", folder).code == "xx"

    @pytest.mark.parametrize("name", [n for n in FILES if n not in ("language", "sentences")])
    def test_every_table_must_be_there(self, folder: Path, name: str) -> None:
        path = folder / "xx" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        tables = re.findall(r"^(\w+):$", text, re.MULTILINE)
        path.write_text("empty:\n", encoding="utf-8")
        found = {fault.what for fault in faults(folder)}
        assert {f'The table "{table}" is missing or empty.' for table in tables} <= found

    def test_an_emptied_table_is_told_with_line_and_remedy(self, folder: Path) -> None:
        path = folder / "xx" / "cues.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^over:\n(  - .*\n)+", "over: []\n", text, flags=re.MULTILINE))
        (fault,) = faults(folder)
        line = path.read_text(encoding="utf-8").split("\n").index("over: []") + 1
        assert (fault.file, fault.line) == (str(path), line)
        assert fault.what == 'The table "over" is missing or empty.'
        assert "another language" in fault.remedy

    def test_all_faults_come_at_once(self, folder: Path) -> None:
        (folder / "xx" / "replies.yaml").unlink()
        (folder / "xx" / "times.yaml").write_text("unts: []\n", encoding="utf-8")
        (folder / "xx" / "language.yaml").write_text(
            "name: X\nscript: LATIN\nstemmer: klingon\ncommon_words: none.txt\n"
            "possessives: [s s]\n"
        )
        found = faults(folder)
        assert {Path(fault.file).name for fault in found} == {
            "language.yaml",
            "replies.yaml",
            "times.yaml",
        }
        assert any('Did you mean "units"?' in fault.remedy for fault in found)

    def test_a_phrase_where_a_word_belongs(self, folder: Path) -> None:
        path = folder / "xx" / "times.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("  - half\n", "  - half of\n"), encoding="utf-8")
        (fault,) = faults(folder)
        assert fault.what == '"halves" holds "half of", and only single words may stand there.'

    def test_a_content_in_it_tells_them_too(self, folder: Path) -> None:
        (folder / "xx" / "cues.yaml").unlink()
        with pytest.raises(FaqError) as caught:
            load_text("name: X\nlanguage: xx\nintents: []\n", languages=folder)
        assert "cues.yaml" in str(caught.value)


# A second language: English with every word read backwards, so that "no" is "on".


def backwards(text: str) -> str:
    return _WORD.sub(lambda word: word.group()[::-1], text)


def translated(text: str) -> str:
    """Return a language file with its words backwards, and its names as they are."""
    lines = []
    for line in text.split("\n"):
        named = _STRUCTURE.match(line)
        if line.lstrip().startswith("#") or not line.strip():
            lines.append(line)
        elif named and named[2] not in _KEPT:
            lines.append(f"{named[1]}{named[2]}:{named[3]}{backwards(named[4])}")
        else:
            lines.append(line if named else backwards(line))
    return "\n".join(lines)


@pytest.fixture(name="readers", scope="module")
def _readers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, Reader]:
    """Return readers of English and of the second language, neither with a stemmer."""
    folder = tmp_path_factory.mktemp("languages")
    for code, translate in (("ahead", str), ("back", translated)):
        shutil.copytree(LANGUAGES / "en", folder / code)
        for path in (folder / code).glob("*.yaml"):
            if path.name not in ("language.yaml", "sentences.yaml"):
                path.write_text(translate(path.read_text(encoding="utf-8")), encoding="utf-8")
        (folder / code / "language.yaml").write_text(
            f"name: {code}\nscript: LATIN\nstemmer: none\ncommon_words: common.txt\n"
            "possessives: [s]\n"
        )
        (folder / code / "common.txt").write_text(f"{translate('word')}\n", encoding="utf-8")
    return (
        Reader([], (), load_language("ahead", folder)),
        Reader([], (), load_language("back", folder)),
    )


SAID = [
    "no pain but my foot is numb",
    "my dad had a stroke last year, I am fine",
    "is numbness bad? and how long does it last",
    "it has been twitching for two weeks and a half",
    "since last Monday, on and off",
    "half an hour, then it went away",
    "week 3 of my plan",
    "pain? nope",
    "what if it gets worse, should I rest",
    "swelling: none — gone now",
]
REPLIES = [
    "none", "no wait yes", "not sure", "no, i dont think so", "the second one", "1 and 3",
    "all except pears", "none but the pear", "no pears", "two days", "stop it", "skip",
    "no. can you tell me what to do", "yes one or more",
]  # fmt: skip
FRUIT = (("apples", "red apples"), ("pears",), ("plums", "no plums"))


def asked(reading: Reading, asks: Questions) -> list[str]:
    return [reading.quote(one.start, one.end) for one in asking(reading, asks).questions]


@pytest.mark.parametrize("text", SAID)
def test_a_second_language_is_one_folder(readers: tuple[Reader, Reader], text: str) -> None:
    """Whatever is read of a message in English is read of it in the other language."""
    english, other = readers
    here, there = english.read(text), other.read(backwards(text))
    assert here.marks == there.marks
    assert here.clauses == there.clauses
    assert TimeReader(english.language).read(here) == TimeReader(other.language).read(there)
    questions = [backwards(one) for one in asked(here, english.language.questions)]
    assert questions == asked(there, other.language.questions)


@pytest.mark.parametrize("text", REPLIES)
def test_so_are_replies(readers: tuple[Reader, Reader], text: str) -> None:
    english, other = readers
    names, seman = OptionReader(english, {}), OptionReader(other, {})
    here = names.options(names.named(Option(labels)) for labels in FRUIT)
    there = seman.options(seman.named(Option(tuple(map(backwards, labels)))) for labels in FRUIT)
    found = read_reply(english.read(text), here)
    assert asdict(found) == asdict(read_reply(other.read(backwards(text)), there))
    assert found.word or found.picked or found.hours or found.left_out


def test_nothing_of_one_language_is_changed_by_a_topic() -> None:
    """What a content adds is its own: two contents share a language."""
    english = load_language("en")
    before = repr(english)
    with_gnomes = english.with_topic(
        TopicWords(people=(("my", "gnome"),), activities=frozenset({"gnoming"}))
    )
    assert ("my", "gnomes") in with_gnomes.cues[Cue.OTHERS]
    assert "gnoming" in with_gnomes.times.activities
    assert repr(load_language("en")) == before
