"""Updates that Telegram does not show again are in a file until they are answered."""

from __future__ import annotations

import stat
from pathlib import Path

from bot.channels.telegram.held import HeldFile, held_file

KEY = ("a key of thirty-two characters..",)


def waiting(number: int) -> dict[str, object]:
    return {"update_id": number, "message": {"text": "my secret \ud800"}}


def test_they_come_back_after_a_kill_until_the_last_is_answered(tmp_path: Path) -> None:
    file = HeldFile(tmp_path / "var", "held", KEY)
    file.keep([waiting(1), waiting(2)])
    file.keep([waiting(2), waiting(3)])
    (path,) = (tmp_path / "var").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"secret" not in path.read_bytes()
    path.write_bytes(path.read_bytes() + b"damaged\n")
    after = HeldFile(tmp_path / "var", "held", KEY)
    assert after.load() == [waiting(1), waiting(2), waiting(3)]
    for number in (1, 2, 3):
        assert path.exists()
        after.done(number)
    assert not path.exists()


def test_what_no_key_opens_is_left_out(tmp_path: Path) -> None:
    HeldFile(tmp_path, "held", KEY).keep([waiting(1)])
    assert HeldFile(tmp_path, "held", ("another key of 32 characters ....",)).load() == []


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    file = HeldFile(taken, f"held-{tmp_path.name}")
    file.keep([waiting(1)])
    assert file.load() == [waiting(1)]  # from the system's folder
    file.done(1)
    assert file.load() == HeldFile().load() == []


def test_each_database_has_one(tmp_path: Path) -> None:
    names = {
        held_file(url, "1:a", ())._paths()[0]
        for url in (f"sqlite:///{tmp_path}/bot.db", "postgresql://a/b", "postgresql://a/c")
    }
    assert {path.parent for path in names} == {tmp_path, Path("var")}
    assert len(names) == 3
