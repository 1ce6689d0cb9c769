"""The settings of a running bot: the only place that reads the environment."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import SplitResult, urlsplit

from bot.env_file import EnvFileError, read_env_file
from bot.store.sealing import check_keys

TELEGRAM: Final = "https://api.telegram.org"
DEFAULT_DATABASE: Final = "sqlite:///var/bot.db"
DEFAULT_PORT: Final = 8080
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
NO_TOKEN: Final = (
    "TELEGRAM_BOT_TOKEN is not set. Write /newbot to @BotFather in Telegram to get a token; "
    "to try the bot without one: python -m bot chat (installed: twitchcheck chat)"
)
T = TypeVar("T")


class ConfigError(Exception):
    """The settings cannot be used; `faults` holds one line for each, never a secret."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers updates, and the word by which we know that it is Telegram."""

    url: str
    secret: str
    port: int

    @property
    def path(self) -> str:
        """The path of the public address, as it is written there."""
        return urlsplit(self.url).path or "/"

    def __repr__(self) -> str:
        return f"Webhook(port={self.port})"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, checked."""

    token: str
    api_url: str
    faq_path: Path
    database_url: str
    webhook: Webhook | None
    log_level: str
    state_keys: tuple[str, ...]  # newest first
    metrics_port: int | None
    semantic: bool  # read messages with the optional encoder, too
    health_port: int | None = None  # where a bot that polls says how it is

    def __repr__(self) -> str:
        return f"Config(faq_path={str(self.faq_path)!r}, webhook={self.webhook!r})"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Config:
        """Return the settings that `environ` holds, or raise ConfigError with every fault."""
        values = {name: value.strip() for name, value in environ.items()}
        faults: list[str] = []

        def take(read: Callable[[Mapping[str, str]], T], otherwise: T) -> T:
            try:
                return read(values)
            except ValueError as fault:
                faults.extend(str(fault).splitlines())
                return otherwise

        config = cls(
            token=take(_token, ""),
            api_url=take(_api_url, TELEGRAM),
            faq_path=faq_path(values),
            database_url=take(_database_url, ""),
            webhook=take(_webhook, None),
            log_level=take(_log_level, "INFO"),
            state_keys=take(_state_keys, ()),
            metrics_port=take(_metrics_port, None),
            semantic=take(_semantic, False),
            health_port=take(_health_port, None),
        )
        if faults:
            raise ConfigError(tuple(faults))
        return config


def environment() -> dict[str, str]:
    """Return what is set for this process: its environment, and what only `.env` sets.

    Raises ConfigError with every fault of that file.
    """
    if os.environ.get("PYTHON_DOTENV_DISABLED"):  # the library's own switch
        return dict(os.environ)
    try:
        return read_env_file() | os.environ
    except EnvFileError as error:
        raise ConfigError(error.faults) from None


def faq_path(environ: Mapping[str, str]) -> Path:
    """Return where the content file is: FAQ_PATH, else the one that is used by default."""
    from intents import default_content

    named = environ.get("FAQ_PATH", "").strip()
    return Path(named) if named else default_content()


def semantic(environ: Mapping[str, str]) -> bool:
    """Return whether SEMANTIC is on, or raise ConfigError."""
    try:
        return _semantic(environ)
    except ValueError as fault:
        raise ConfigError((str(fault),)) from None


def _token(values: Mapping[str, str]) -> str:
    token = values.get("TELEGRAM_BOT_TOKEN", "")
    if not token:
        raise ValueError(NO_TOKEN)
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
        raise ValueError(
            "TELEGRAM_BOT_TOKEN does not look like a token: digits, a colon, then letters and "
            "digits. Copy it again from @BotFather."
        )
    return token


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise ValueError(f"{name} is not a web address.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise ValueError(f"{name} must be a web address that begins with https:// (or http://).")
    return parts


def _api_url(values: Mapping[str, str]) -> str:
    url = values.get("TELEGRAM_API_URL", "") or TELEGRAM
    parts = _split("TELEGRAM_API_URL", url)
    if parts.query or parts.fragment:
        raise ValueError("TELEGRAM_API_URL must end with the server's name or a path.")
    return url.rstrip("/")


def _database_url(values: Mapping[str, str]) -> str:
    url = values.get("DATABASE_URL", "") or DEFAULT_DATABASE
    if re.match(r"postgres(ql)?(\+[a-z0-9]+)?://", url):
        return url
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        return url
    raise ValueError(
        f"DATABASE_URL must begin with sqlite:/// and a file, as in {DEFAULT_DATABASE}, "
        "or with postgresql://"
    )


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    url = values.get("WEBHOOK_URL", "")
    if not url:
        return None
    faults: list[str] = []
    port = 0
    try:
        _check_address(url, own_server=bool(values.get("TELEGRAM_API_URL")))
    except ValueError as fault:
        faults.append(str(fault))
    try:
        port = _port("PORT", values)
    except ValueError as fault:
        faults.append(str(fault))
    secret = values.get("WEBHOOK_SECRET", "")
    if not secret:
        faults.append(
            "WEBHOOK_SECRET must be set when WEBHOOK_URL is: without it anyone could write to "
            "the bot in Telegram's name."
        )
    elif not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        faults.append("WEBHOOK_SECRET may have 1-256 letters A-Z a-z, digits, _ and - only.")
    if faults:
        raise ValueError("\n".join(faults))
    return Webhook(url, secret, port)


def _check_address(url: str, *, own_server: bool) -> None:
    parts = _split("WEBHOOK_URL", url)
    if parts.scheme != "https" and not own_server:
        raise ValueError("WEBHOOK_URL must begin with https://, or Telegram does not deliver.")
    if parts.path in ("/healthz", "/readyz", "/metrics"):
        raise ValueError("WEBHOOK_URL must not end in /healthz, /readyz or /metrics: taken.")


def _port(name: str, values: Mapping[str, str]) -> int:
    text = values.get(name, "") or str(DEFAULT_PORT)
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise ValueError(f"{name} must be a number from 0 to 65535.")
    return int(text)


def _health_port(values: Mapping[str, str]) -> int | None:
    """Read the port that a host expects to be open though there is no webhook."""
    return _port("PORT", values) if values.get("PORT") and not values.get("WEBHOOK_URL") else None


def _metrics_port(values: Mapping[str, str]) -> int | None:
    if not values.get("METRICS_PORT"):
        return None
    port = _port("METRICS_PORT", values)
    is_served = values.get("WEBHOOK_URL") or values.get("PORT")
    if port and is_served and (values.get("PORT") or str(DEFAULT_PORT)) == str(port):
        raise ValueError("METRICS_PORT must differ from PORT, which the public can reach.")
    return port


def _log_level(values: Mapping[str, str]) -> str:
    level = (values.get("LOG_LEVEL", "") or "INFO").upper()
    if level not in LEVELS or not isinstance(logging.getLevelName(level), int):
        raise ValueError(f"LOG_LEVEL must be one of {', '.join(LEVELS)}.")
    return level


def _semantic(values: Mapping[str, str]) -> bool:
    switch = values.get("SEMANTIC", "").strip().lower() or "off"
    if switch not in ("on", "off"):
        raise ValueError("SEMANTIC must be on or off.")
    if switch == "off":
        return False
    from intents import missing_for_encoder

    if fault := missing_for_encoder():
        raise ValueError(f"SEMANTIC is on. {fault}")
    return True


def _state_keys(values: Mapping[str, str]) -> tuple[str, ...]:
    """Read the keys that seal what is kept: the newest first, commas between them."""
    keys = tuple(k.strip() for k in values.get("STATE_KEY", "").split(",") if k.strip())
    check_keys(keys)
    return keys
