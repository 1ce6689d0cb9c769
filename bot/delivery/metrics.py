"""What is counted of updates, answers and failures. Nothing here knows a chat or a text."""

from __future__ import annotations

from typing import Protocol

from bot.delivery.incoming import Incoming, Left


class Metrics(Protocol):
    """Whoever counts."""

    def update(self, kind: str) -> None:
        """Count an update that came in."""

    def answered(self, outcome: str, seconds: float) -> None:
        """Count an update that was dealt with, and how long that took."""

    def send_error(self, kind: str) -> None:
        """Count a call that the channel did not take."""

    def store_error(self) -> None:
        """Count a failure of the database."""


def kind(incoming: Incoming) -> str:
    """Return what an update is counted as: the names stand in owners' dashboards, so they stay."""
    if isinstance(incoming.event, Left):
        return "Left"
    return "InGroup" if incoming.in_public else "Turn"


class Uncounted:
    """Counts nothing."""

    def update(self, kind: str) -> None: ...
    def answered(self, outcome: str, seconds: float) -> None: ...
    def send_error(self, kind: str) -> None: ...
    def store_error(self) -> None: ...


class Prometheus:
    """Counts for a Prometheus server; the library is loaded only where it is wanted."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.registry = CollectorRegistry()
        self._updates = Counter(
            "bot_updates_total", "Updates that came in", ["kind"], registry=self.registry
        )
        self._answers = Histogram(
            "bot_answer_seconds",
            "From an update's arrival until its answer was sent",
            ["outcome"],
            buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )
        self._send_errors = Counter(
            "bot_send_errors_total", "Calls that were not taken", ["kind"], registry=self.registry
        )
        self._store_errors = Counter(
            "bot_store_errors_total", "Failures of the database", registry=self.registry
        )

    def update(self, kind: str) -> None:
        self._updates.labels(kind).inc()

    def answered(self, outcome: str, seconds: float) -> None:
        self._answers.labels(outcome).observe(seconds)

    def send_error(self, kind: str) -> None:
        self._send_errors.labels(kind).inc()

    def store_error(self) -> None:
        self._store_errors.inc()

    def page(self) -> bytes:
        """Return the page that a Prometheus server reads."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)
