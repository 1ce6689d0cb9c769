"""How long to wait after failures, and what is said of a fault of ours."""

from __future__ import annotations

import pytest

from bot.delivery.outcomes import FIRST_PAUSE, LONGEST_PAUSE, pause_after, where


@pytest.mark.parametrize(
    ("failures", "longest"),
    [(1, FIRST_PAUSE), (2, 2 * FIRST_PAUSE), (4, 8 * FIRST_PAUSE), (9_999, LONGEST_PAUSE)],
)
def test_pauses_grow_to_a_limit_with_jitter(failures: int, longest: float) -> None:
    assert pause_after(failures, lambda: 1.0) == longest
    assert pause_after(failures, lambda: 0.0) == longest / 2
    assert longest / 2 <= pause_after(failures) <= longest


def test_a_fault_is_named_by_its_place_and_never_by_its_words() -> None:
    try:
        raise ValueError("my secret")
    except ValueError as error:
        said = where(error)
    assert said.startswith("ValueError at ")
    assert "test_outcomes.py" in said
    assert "my secret" not in said
