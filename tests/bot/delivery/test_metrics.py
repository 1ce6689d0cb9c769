"""What is counted, and under which names."""

from __future__ import annotations

import pytest

from bot.delivery.incoming import Incoming, Left
from bot.delivery.metrics import Prometheus, Uncounted, kind
from tests.conftest import utterance
from tests.fakes.toy_channel import update


@pytest.mark.parametrize(
    ("incoming", "name"),
    [
        (update(1, utterance("calf")), "Turn"),
        (update(1, utterance("calf"), in_public=True), "InGroup"),
        (update(1, Left()), "Left"),
    ],
)
def test_dashboards_find_the_names_that_they_know(incoming: Incoming, name: str) -> None:
    assert kind(incoming) == name


def test_the_page_counts() -> None:
    for counting in (Uncounted(), metrics := Prometheus()):
        counting.update("Turn")
        counting.answered("Done", 0.03)
        counting.send_error("429")
        counting.store_error()
    page = metrics.page().decode()
    for line in (
        'bot_updates_total{kind="Turn"} 1.0',
        'bot_answer_seconds_bucket{le="0.05",outcome="Done"} 1.0',
        'bot_send_errors_total{kind="429"} 1.0',
        "bot_store_errors_total 1.0",
    ):
        assert line in page
