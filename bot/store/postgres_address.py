"""An address of PostgreSQL as hosts write it: what the driver takes of it, and what it must not.

Hosts put in what other drivers understand: libpq's settings of the connection, marks for Prisma or
JDBC. What is no setting of the server would be refused by it, so that it is passed over here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import certifi

LONGEST: Final = 30.0  # seconds to connect that an address may ask for
# What the driver reads itself.
_OF_THE_DRIVER: Final = (
    "host", "port", "dbname", "database", "user", "password", "passfile", "service", "sslmode",
    "sslcert", "sslkey", "sslrootcert", "sslcrl", "sslpassword", "sslnegotiation",
    "ssl_min_protocol_version", "ssl_max_protocol_version", "target_session_attrs", "krbsrvname",
    "gsslib",
)  # fmt: skip
# Settings of the server that somebody may want for this bot; others have a dot in their names.
_OF_THE_SERVER: Final = (
    "search_path", "application_name", "options", "role", "timezone", "statement_timeout",
    "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout",
    "tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout",
)  # fmt: skip
# Prisma's and Supabase's words for "a pooler answers here".
_POOLER: Final = re.compile(r"^(pgbouncer|prepared_statements|statement_cache_size)$")
_TRUE: Final = ("true", "1", "yes", "on")


@dataclass(frozen=True, slots=True)
class Address:
    """What to connect to, and how."""

    url: str
    pooled: bool = False  # the address itself says that a pooler answers
    seconds: float | None = None  # to connect, where the address says so
    passed_over: tuple[str, ...] = ()  # names of what is of no concern

    def __repr__(self) -> str:
        return "Address(…)"  # there is a password in it


def read(url: str) -> Address:
    """Return what an address asks for.

    Errors: ValueError, whose text may repeat a piece of the address.
    """
    parts = urlsplit(url)
    kept: dict[str, str] = {}
    passed_over: list[str] = []
    pooled, seconds = False, None
    for name, value in parse_qsl(parts.query):
        if name == "connect_timeout":
            seconds = _seconds(value)
        elif name == "ssl":  # JDBC's and Heroku's
            kept.setdefault("sslmode", "require" if value.lower() in _TRUE else "prefer")
        elif name == "hostaddr" and not parts.hostname:
            kept.setdefault("host", value)
        elif name == "sslrootcert" and value == "system":  # libpq's word for who is widely trusted
            kept[name] = certifi.where()
        elif _POOLER.match(name):
            pooled |= (value.lower() in _TRUE) if name == "pgbouncer" else value in ("0", "false")
        elif name in _OF_THE_DRIVER or name.lower() in _OF_THE_SERVER or "." in name:
            kept[name] = value
        else:
            passed_over.append(name)
    clean = urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(kept), ""))
    return Address(_with_slashes(clean), pooled, seconds, tuple(dict.fromkeys(passed_over)))


def _with_slashes(url: str) -> str:
    """Return a URL with `//`, which is left out where it names no host."""
    return url if url.startswith("postgresql://") else f"postgresql://{url[len('postgresql:') :]}"


def _seconds(value: str) -> float | None:
    """Return how long to wait; none, or libpq's 0 for ever, leaves it as it is."""
    number = int(value) if value.isdecimal() else 0
    return min(float(number), LONGEST) if number else None
