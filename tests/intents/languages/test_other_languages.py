"""The languages that the bot does not speak: every file is whole, and can misread no English."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from intents.languages.folding import script_of
from intents.languages.language import Language
from intents.languages.loading import load_language
from intents.languages.other_languages import OTHERS, Danger, OtherLanguage, load_others
from intents.yaml_files.faults import FileFaults

SHIPPED = load_others("en")


@pytest.fixture(name="english", scope="module")
def _english() -> Language:
    return load_language("en")


def test_the_most_spoken_languages_are_there() -> None:
    assert len(SHIPPED) >= 26
    assert [one.code for one in SHIPPED][:3] == ["zh", "hi", "hi_latin"]


@pytest.mark.parametrize("other", SHIPPED, ids=lambda one: one.code)
def test_each_says_that_only_english_is_understood_and_whom_to_call(other: OtherLanguage) -> None:
    assert other.only
    for text in (other.emergency, other.crisis, other.otherwise):
        assert text.count("`{emergency_number}`") == 1
        assert text.split("\n")[-1].count("{emergency_number}") == 1


@pytest.mark.parametrize("other", SHIPPED, ids=lambda one: one.code)
def test_each_has_words_for_every_danger(other: OtherLanguage) -> None:
    assert other.dangers.keys() == {*Danger}
    assert sum(map(len, other.dangers.values())) >= 35


@pytest.mark.parametrize("other", SHIPPED, ids=lambda one: one.code)
def test_no_phrase_is_made_of_english_words(other: OtherLanguage, english: Language) -> None:
    phrases = [phrase for told in other.dangers.values() for phrase in told]
    assert not [phrase for phrase in phrases if english.common.issuperset(phrase)]


@pytest.mark.parametrize("other", SHIPPED, ids=lambda one: one.code)
def test_a_phrase_in_letters_is_too_long_to_stand_in_others_by_chance(
    other: OtherLanguage,
) -> None:
    strange = [
        "".join(phrase)
        for told in other.dangers.values()
        for phrase in told
        if script_of("".join(phrase).lstrip("0123456789")[0]) != "LATIN"
    ]
    shortest = 2 if other.scripts & {"CJK", "HANGUL"} else 4
    assert [phrase for phrase in strange if len(phrase) < shortest] == []


def test_the_language_of_the_bot_is_none_of_them() -> None:
    assert "es" not in [one.code for one in load_others("es")]
    assert all(not one.only for one in load_others("es"))


def test_what_is_missing_is_a_fault(tmp_path: Path) -> None:
    path = Path(shutil.copy(OTHERS / "es.yaml", tmp_path / "xx.yaml"))
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^stroke:\n(  - .*\n)+", "stroke: []\n", text, flags=re.MULTILINE)
    path.write_text(text.replace("otherwise:", "otherwize:"), encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        load_others("en", tmp_path)
    told = {fault.what for fault in caught.value.faults}
    assert {
        'The table "stroke" is missing or empty.',
        '"otherwise" is missing.',
        '"otherwize" is not known here.',
    } <= told
