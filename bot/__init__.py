"""From meaning to conversation: the dialogue core, its storage and its two shells."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in one line, before newer code is read
    raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
