"""Phrases that begin at a word are all found in one walk, the shorter ones first."""

from __future__ import annotations

import pytest

from intents.reading.phrase_tree import PhraseTree

TREE = PhraseTree(
    [
        (["cold"], "temperature"),
        (["cold", "sweat"], "sweat"),
        (["cold", "sweat"], "danger"),
        (["cold", "sweat"], "sweat"),
        (["sweat", "band"], "clothes"),
        ([], "nothing"),
    ]
)


@pytest.mark.parametrize(
    ("start", "found"),
    [
        pytest.param(0, [], id="no phrase begins"),
        pytest.param(1, [("temperature", 2), ("sweat", 3), ("danger", 3)], id="all, each once"),
        pytest.param(2, [], id="only its first word"),
        pytest.param(3, [("temperature", 4)], id="the last word"),
    ],
)
def test_what_begins_at_a_word(start: int, found: list[tuple[str, int]]) -> None:
    assert TREE.at(["a", "cold", "sweat", "cold"], start) == found


def test_an_empty_tree_finds_nothing() -> None:
    assert PhraseTree[str]().at(["a"], 0) == []
