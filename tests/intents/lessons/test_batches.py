"""Lines are cut in batches so that a new line moves few of them."""

from __future__ import annotations

from intents.lessons.batches import Group, batches
from intents.lessons.lessons import Use

LINES = tuple(f"line {n}" for n in range(5000))


def test_no_line_is_lost() -> None:
    some = batches([Group("asked", Use(), LINES), Group("asked", Use(), ())])
    assert sum((batch.lines for batch in some), ()) == LINES


def test_a_line_more_changes_one_batch() -> None:
    before = {batch.name for batch in batches([Group("asked", Use(), LINES)])}
    after = {batch.name for batch in batches([Group("asked", Use(), ("new", *LINES))])}
    assert len(after - before) == 1


def test_another_use_is_another_batch() -> None:
    one, other = (batches([Group("asked", use, ("hi",))]) for use in (Use(), Use(topics=True)))
    assert one[0].name != other[0].name
