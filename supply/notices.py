"""Write THIRD_PARTY_NOTICES.md: whose work the bot uses, and under which licence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from supply.locked import licence, packages

PAGE: Final = Path(__file__).parent.parent / "THIRD_PARTY_NOTICES.md"
UNKNOWN: Final = "see the package"
HEAD: Final = """\
# Third-party notices

The bot is under the licence in [LICENSE](LICENSE). It runs on the packages below; none of them is
part of this repository. Each comes with the text of its licence, which stays in its folder
`*.dist-info` once it is installed, and in the image. `make notices` writes this page.

| Package | Licence |
|---|---|
"""


def page(before: Mapping[str, str] | None = None) -> str:
    """Return the page; `before` has the licences of what is not installed on this system."""
    rows = []
    for package in packages():
        known = licence(package.name) or (before or {}).get(package.name, "")
        rows.append(f"| {package.name} | {known or UNKNOWN} |\n")
    return HEAD + "".join(rows)


def known_before(page: str) -> dict[str, str]:
    """Return the licences that a page names."""
    rows = (row.strip("| ").split(" | ") for row in page.splitlines() if row.startswith("| "))
    return {row[0]: row[1] for row in rows if len(row) == 2 and row[1] != UNKNOWN}


if __name__ == "__main__":
    found = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(known_before(found)), encoding="utf-8")
