"""What is learned from is what is scored: a table holds the vectors of its pieces."""

from __future__ import annotations

import numpy as np
import pytest

from intents.learning import table as tables
from intents.learning.features import Piece, Vectoriser
from intents.learning.table import Table, Tally

SHARES = (1.8, 1.0, 1.5)
PIECES = [
    Piece(["twitch", "in", "eye"], ["twitching", "eye"], ["twitches", "in", "eyes"]),
    Piece(["eye", "eye"], ["eye", "eye"], ["eye", "eyes", "eye"]),
    Piece(["no:eye"], [], []),
    Piece([], [], []),
]
PARTS = [Piece(["eye", "new"], ["eye"], ["eye", "new"])]


def tabulate(pieces: list[Piece], parts: list[Piece]) -> tuple[Vectoriser, Table]:
    tally = Tally()
    for part in parts:
        tally.add(part, is_part=True)
    for piece in pieces:
        tally.add(piece)
    return tally.table(SHARES)


def assert_same(vectoriser: Vectoriser, table: Table, pieces: list[Piece]) -> None:
    weights = np.eye(table.features, dtype=np.float32)
    for piece, row in zip(pieces, table.scores(weights), strict=True):
        vector = vectoriser.vector(piece, SHARES)
        expected = np.zeros(table.features, np.float32)
        expected[vector.indices] = vector.values
        assert row == pytest.approx(expected, abs=1e-6)


def test_a_table_holds_the_vectors_of_its_pieces() -> None:
    vectoriser, table = tabulate(PIECES, PARTS)
    assert_same(vectoriser, table, PARTS + PIECES)
    assert_same(vectoriser, table.first(2), [*PARTS, PIECES[0]])


def test_pieces_may_lack_a_family() -> None:
    pieces = [Piece(["eye"], [], ["eye"]), Piece([], [], [])]
    vectoriser, table = tabulate(pieces, [])
    assert_same(vectoriser, table, pieces)


def test_sums_are_scores_turned() -> None:
    _, table = tabulate(PIECES, PARTS)
    values = np.arange(5, dtype=np.float32)[:, None]
    rows = table.scores(np.eye(table.features, dtype=np.float32))
    assert table.sums(values) == pytest.approx(rows.T @ values)


def test_parts_bring_no_features() -> None:
    vectoriser, _ = tabulate(PIECES, PARTS)
    assert "wnew" not in vectoriser.features
    assert "weye" in vectoriser.features


def test_what_is_rare_among_many_texts_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FEW", 4)
    often = [*PIECES, PIECES[0], PIECES[0]]
    vectoriser, table = tabulate(often, [])
    assert "wtwitch" in vectoriser.features
    assert "wno:eye" not in vectoriser.features
    assert_same(vectoriser, table, often)
