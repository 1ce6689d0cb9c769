"""What a Dockerfile says, done in a folder: its steps as they stand, with no container engine.

Paths of the image become paths below the folder, and all stages share them. Nothing is downloaded:
a venv that is made sees the packages of these tests, which `pip install` then finds installed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.conftest import ROOT

_PLACES: Final = re.compile(r"(?<![\w.])/(venv|app|learned|data)\b")
_STRANGE: Final = shutil.ignore_patterns("__pycache__", "*.npz")
# Needs the rights of root, or changes the system: of these, only folders are made here.
_AS_ROOT: Final = re.compile(r"useradd [^&]+ bot|install -d -o bot (\S+)")


@dataclass
class Image:
    """A folder in which the steps of a Dockerfile are done."""

    root: Path
    environ: dict[str, str] = field(default_factory=dict)
    workdir: Path = Path()
    user: str = "root"
    start: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def build(self, dockerfile: str) -> None:
        """Do all steps; a step of an unknown kind is a KeyError."""
        steps = {
            "FROM": self._from, "WORKDIR": self._workdir, "ENV": self._env, "COPY": self._copy,
            "RUN": self._run, "USER": self._user, "ENTRYPOINT": self._starting,
            "CMD": self._starting, "HEALTHCHECK": self._healthcheck,
            "VOLUME": self._no_step, "EXPOSE": self._no_step,
        }  # fmt: skip
        for line in dockerfile.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                kind, _, rest = line.partition(" ")
                steps[kind](rest.strip())

    def settings(self, **more: str) -> dict[str, str]:
        """Return the environment of what runs in the image."""
        return {"PATH": os.environ["PATH"], **self.environ, **more}

    def _here(self, text: str) -> str:
        return _PLACES.sub(lambda found: f"{self.root}/{found[1]}", text)

    def _from(self, rest: str) -> None:
        assert rest.startswith("python:3."), rest
        self.environ, self.workdir, self.user = {}, self.root, "root"

    def _workdir(self, rest: str) -> None:
        self.workdir = Path(self._here(rest))
        self.workdir.mkdir(exist_ok=True)

    def _env(self, rest: str) -> None:
        self.environ |= dict(one.split("=", 1) for one in shlex.split(self._here(rest)))

    def _copy(self, rest: str) -> None:
        words = [word for word in rest.split() if not word.startswith("--")]
        *sources, target = words
        if "--from=build" in rest:  # it is there already, as all stages share their paths
            assert sources == [target], rest
            assert Path(self._here(target)).exists(), rest
            return
        for source in sources:
            to = self.workdir / target / (source if target.endswith("/") else "")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to, ignore=_STRANGE)
            else:
                shutil.copy(ROOT / source, to)

    def _run(self, rest: str) -> None:
        assert self.user == "root", "a step after USER"
        for step in rest.split(" && "):
            if found := _AS_ROOT.fullmatch(step):
                if found[1]:
                    Path(self._here(found[1])).mkdir()
                continue
            python = getattr(sys, "_base_executable", sys.executable)
            command = re.sub(r"^python\b", python, self._here(step))
            command = re.sub(r"^pip\b", f"{python} -m pip", command)
            subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=self.workdir,
                env=self.settings(PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1"),
                check=True,
                stdout=subprocess.PIPE,
            )
            if " -m venv " in step:
                (site,) = self.root.glob("venv/lib/*/site-packages")
                (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    def _user(self, rest: str) -> None:
        self.user = rest

    def _starting(self, rest: str) -> None:
        self.start += json.loads(self._here(rest))

    def _healthcheck(self, rest: str) -> None:
        self.health = json.loads(self._here(rest.partition("CMD ")[2]))

    def _no_step(self, rest: str) -> None:
        pass
