"""Run the scenarios: `python -m tests.promises.torture [--seed N] [name ...]`; 1 if one fails."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path

from tests.fakes.postgres_server import a_server
from tests.promises.torture import hosts, scenarios
from tests.promises.torture.scenarios import Outcome, Place, Scenario, good_days, run

ALL = (*scenarios.ALL, *hosts.MORE)

HEAD = (
    "chats", "updates", "kills", "outages", "failed", "repeats", "redrawn", "unanswered",
    "different", "seconds",
)  # fmt: skip


def main() -> int:
    """Do what the command line says; return the exit code."""
    names = [scenario.__name__ for group in ALL for scenario in group]
    parser = argparse.ArgumentParser(prog="python -m tests.promises.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all that is random")
    parser.add_argument("--folder", type=Path, help="where logs and databases are left")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(names))
    options = parser.parse_args()
    unknown = set(options.names) - set(names)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    wanted = options.names or names
    chosen = [[s for s in group if s.__name__ in wanted] for group in ALL]
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        place = Place(folder, stack.enter_context(a_server()), options.seed)
        return asyncio.run(_run(place, chosen))


async def _run(place: Place, chosen: list[list[Scenario]]) -> int:
    _print(f"seed {place.seed}".ljust(28) + "".join(title.rjust(11) for title in HEAD))
    days = await good_days(place)
    holds = True
    for group in chosen:
        for outcome in await asyncio.gather(*(run(scenario, place, days) for scenario in group)):
            holds &= outcome.holds
            _show(outcome)
    _print("All promises were kept." if holds else "Some promises were broken.")
    return 0 if holds else 1


def _show(outcome: Outcome) -> None:
    values = [getattr(outcome, title) for title in HEAD]
    columns = "".join(f"{value:11.0f}" for value in values)
    _print(f"{outcome.name:28}{columns}  {'' if outcome.holds else 'FAILED'}")
    for fault in [*outcome.faults, *outcome.notes]:
        _print(f"    {fault}")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
