"""Write the list of packages that the bot is made of, as CycloneDX has it: `make sbom`."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from typing import Any

from supply.locked import Package, licence, packages


def bom() -> dict[str, Any]:
    """Return the list: the same for the same lock."""
    pinned = packages()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "twitchcheck",
                "name": "twitchcheck",
                "version": _own_version(),
            }
        },
        "components": [_component(package) for package in pinned],
        "dependencies": [
            {"ref": "twitchcheck", "dependsOn": [package.purl for package in pinned]},
        ],
    }


def _component(package: Package) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
    }
    known = licence(package.name)
    if known:
        found["licenses"] = [{"license": {"name": known}}]
    return found


def _own_version() -> str:
    try:
        return metadata.version("twitchcheck")
    except metadata.PackageNotFoundError:
        return "0"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bom(), indent=2) + "\n")
