"""Whatever a content file holds: content, or faults that can be read, and nothing else."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intents.content.faq import Faq, FaqError
from intents.content.loader import load, load_text
from intents.languages.loading import load_language
from intents.reading.clauses import cut
from intents.reading.text import clean, tokens
from tests.conftest import SMALL

ENGLISH = load_language("en")
SMALL_TEXT = SMALL.read_text(encoding="utf-8")
CHARACTERS = st.characters(exclude_categories=())  # lone surrogates too
YAML_SIGNS = st.text(alphabet=" \n\t:-?|>&*!%@`'\"#,[]{}~<=.\\0ax", max_size=60)


def load_or_faults(text: str) -> Faq | FaqError:
    """Load a text; what it refuses must be told in full."""
    try:
        return load_text(text, "faq.yaml", SMALL.parent)
    except FaqError as error:
        refused = error
    lines = sum(text.count(end) for end in "\n\r\x85\u2028\u2029") + 1
    assert refused.faults
    assert all(fault.what and fault.remedy for fault in refused.faults)
    assert all(1 <= fault.line <= lines + 1 for fault in refused.faults)
    return refused


@given(st.text(CHARACTERS))
@example("\x00")
@example("\ud800")
@example("[" * 100_000)
@example("- " * 20_000)
@example("{a: " * 5_000)
@example("name: &a [*a]")
@example("name: *a")
@example("--- a\n--- b")
@example("name: x\nexamples: " + "a" * 5_000)
@example('name: x\nexamples: "a\\0b"')
@example("name: x\nexamples: .\nintents: [{id: " + "a" * 5_000 + "}]")
def test_any_text(text: str) -> None:
    load_or_faults(text)


@given(YAML_SIGNS)
def test_any_yaml_signs_behind_a_name(signs: str) -> None:
    load_or_faults(f"name: {signs}\n{SMALL_TEXT}")


@given(
    start=st.integers(0, len(SMALL_TEXT)),
    length=st.integers(0, 40),
    put=st.one_of(YAML_SIGNS, st.text(CHARACTERS, max_size=20)),
)
def test_any_change_of_one_place(start: int, length: int, put: str) -> None:
    load_or_faults(SMALL_TEXT[:start] + put + SMALL_TEXT[start + length :])


@given(st.data())
def test_any_order_and_choice_of_lines(data: st.DataObject) -> None:
    lines = SMALL_TEXT.splitlines(keepends=True)
    chosen = data.draw(st.lists(st.sampled_from(lines), max_size=30))
    load_or_faults("".join(chosen))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(string.printable, max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "title", "signs", "options"]), inner)
        ),
        max_leaves=8,
    ),
    st.sampled_from(
        [
            *("name", "examples", "intents", "sources", "groups", "levels", "signs", "check"),
            *("combinations", "thresholds", "words", "reviewed_by", "emergency_number"),
        ]
    ),
)
def test_any_value_behind_any_name(value: object, name: str) -> None:
    """JSON is YAML too."""
    import json

    load_or_faults(f"{json.dumps({name: value})}")


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b", "a" * 5_000], ids=len)
def test_any_path(name: str) -> None:
    with pytest.raises(FaqError) as caught:
        load(Path(name), None)
    assert len(caught.value.faults) == 1


@given(st.text(CHARACTERS))
@example("a" * 30_000)
def test_any_text_is_read_as_words(text: str) -> None:
    cleaned = clean(text)
    found = tokens(cleaned, ENGLISH.fold)
    assert all(0 <= t.start < t.end <= len(cleaned) for t in found)
    cuts = cut(cleaned, found, ENGLISH.clauses.opens_clause)
    for spans in (cuts.sentences, cuts.clauses):
        assert [n for start, end in spans for n in range(start, end)] == [*range(len(found))]


@given(st.text(CHARACTERS))
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_folding_is_blind_to_case(word: str) -> None:
    assert ENGLISH.fold(word) == ENGLISH.fold(word.upper()) == ENGLISH.fold(word.capitalize())
