"""What is handed out: wheel, source, a CycloneDX list of what is in them, and an in-toto statement about all three.

    python tools/dist.py [--out dist] [--key KEY.pem]        make dist ARGS="--key ..."

The same source gives the same bytes, in whatever folder and at whatever time: the files that git knows (a checkout may
hold more), one time for all of them (SOURCE_DATE_EPOCH, else that of the commit), and of this machine nothing but the
versions that it builds with. With a key (Ed25519, PEM) the statement is also signed, as a DSSE envelope.

CycloneDX 1.6 (ECMA-424), in-toto Statement v1, SLSA Provenance v1, DSSE v1.0.2; packages are those of the locks.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUILD = "urn:lisa-booth:make-dist:1"
"""What kind of build this is, and who says so: whoever runs this file."""
STATEMENT = "application/vnd.in-toto+json"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_EXTRAS = ("emulator", "harness")
_EARLIEST_S = 315_532_800
"""1980: a ZIP file knows no time before."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes everything into the folder, and says what it is."""
    parser = argparse.ArgumentParser(description="Wheel, source, SBOM and statement; the same bytes twice.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--key", type=Path, help="Ed25519 key (PEM) that signs the statement")
    order = parser.parse_args(arguments)
    key = _key(order.key) if order.key else None
    epoch_s = _epoch_s()
    order.out.mkdir(parents=True, exist_ok=True)
    name = f"{PROJECT['name']}-{PROJECT['version']}"
    made = [*_built(order.out, epoch_s), _written(order.out / f"{name}.cdx.json", sbom(epoch_s))]
    said = statement(made, epoch_s)
    made.append(_written(order.out / f"{name}.statement.json", said))
    if key:
        envelope = signed(json.dumps(said, sort_keys=True).encode(), key)
        made.append(_written(order.out / f"{name}.intoto.jsonl", envelope, indent=None))
    for path in made:
        print(f"{_sha256(path)}  {path.name}")


def _epoch_s() -> int:
    """Seconds since 1970 that all files carry."""
    told = os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct") or "0"
    if not told.isdecimal():
        sys.exit(f"dist: SOURCE_DATE_EPOCH: {told!r} is no number of seconds")
    return max(_EARLIEST_S, int(told))


def _built(out: Path, epoch_s: int) -> list[Path]:
    """Wheel and source, built by the backend itself from a folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        for path in _sources():
            (copy := Path(place, "source", path)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, copy)
        command = [sys.executable, "-m", "hatchling", "build", "--directory", f"{place}/built"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch_s)}
        done = subprocess.run(
            command, cwd=f"{place}/source", env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"dist: {done.stderr or done.stdout}")
        return [Path(shutil.copy(path, out)) for path in sorted(Path(place, "built").iterdir())]


def _sources() -> Iterator[str]:
    """What git knows of; all that is here where there is no git, as in the source that was handed out."""
    if listed := _git("ls-files", "-z"):
        yield from (name for name in listed.split("\0") if name and (ROOT / name).is_file())
        return
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and inside.parts[0] not in _MADE and "__pycache__" not in inside.parts:
            yield str(inside)


_MADE = (".git", ".venv", ".tox", "out", "dist", "build", "mutants", ".mypy_cache", ".ruff_cache", ".pytest_cache")


def _git(*words: str) -> str:
    """What git says; nothing where there is none, or none that knows this folder."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ""
    command = ["git", "-c", f"safe.directory={ROOT}", *words]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.strip()


# --- what is in it --------------------------------------------------------------------------------------------------


def sbom(epoch_s: int) -> dict[str, Any]:
    """CycloneDX 1.6: the project, each locked package of it, and who needs whom."""
    needed = {one["name"] for one in _pinned("product")}
    parts = [_component(one, required=one["name"] in needed) for one in _pinned("runtime")]
    known = {part["name"]: part["bom-ref"] for part in parts}
    root = {
        "type": "application",
        "bom-ref": _purl(PROJECT["name"], PROJECT["version"]),
        "name": PROJECT["name"],
        "version": PROJECT["version"],
        "description": PROJECT["description"],
        "licenses": [{"expression": PROJECT["license"]}],
        "purl": _purl(PROJECT["name"], PROJECT["version"]),
    }
    asked = [*PROJECT["dependencies"], *(one for name in _EXTRAS for one in PROJECT["optional-dependencies"][name])]
    links = [(root["bom-ref"], asked), *((part["bom-ref"], _installed_requires(part)) for part in parts)]
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": _when(epoch_s), "lifecycles": [{"phase": "build"}], "component": root},
        "components": parts,
        "dependencies": [{"ref": ref, "dependsOn": _needed(wanted, known)} for ref, wanted in links],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "serialNumber": f"urn:uuid:{number}", **body}


def _pinned(lock: str) -> list[dict[str, Any]]:
    """Name, version and digests of each package of a lock, by name."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    found = [{**one.groupdict(), "digests": _HASH.findall(one["rest"])} for one in _PINNED.finditer(text)]
    return sorted(found, key=lambda one: str(one["name"]))


def _component(one: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """Its digests are those of its files: which of them is installed depends on the machine."""
    purl = _purl(one["name"], one["version"])
    licences = _licences(one)
    return {
        "type": "library",
        "bom-ref": purl,
        "name": one["name"],
        "version": one["version"],
        "scope": "required" if required else "optional",
        **({"licenses": licences} if licences else {}),
        "purl": purl,
        "properties": [{"name": "lisa:locked:sha256", "value": digest} for digest in one["digests"]],
    }


def _licences(one: dict[str, Any]) -> list[dict[str, Any]]:
    """What the package itself says, where it is installed in the version of the lock."""
    found = _installed(one["name"], one["version"])
    if found is None:
        return []
    if expression := found.metadata["License-Expression"]:
        return [{"expression": expression}]
    told = [words for words in found.metadata.get_all("Classifier") or () if words.startswith("License ::")]
    words = told or (found.metadata["License"] or "").splitlines()[:1]  # its whole text, in some
    return [{"license": {"name": one.rpartition(":: ")[2]}} for one in words]


def _installed(name: str, wanted: str) -> Distribution | None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None  # for another system, or another Python
    return found if found.version == wanted else None


def _installed_requires(part: dict[str, Any]) -> list[str]:
    found = _installed(part["name"], part["version"])
    return list(found.requires or ()) if found else []


def _needed(wanted: Sequence[str], known: dict[str, str]) -> list[str]:
    asked = (Requirement(one) for one in wanted)
    names = {canonicalize_name(one.name) for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})}
    return sorted(known[name] for name in names if name in known)


def _purl(name: str, number: str) -> str:
    return f"pkg:pypi/{canonicalize_name(name)}@{number}"


# --- what is said about it ------------------------------------------------------------------------------------------


def statement(made: Sequence[Path], epoch_s: int) -> dict[str, Any]:
    """In-toto Statement v1, SLSA provenance: these bytes, by these programs, from this commit if nothing differs."""
    commit, changed = _git("rev-parse", "HEAD"), bool(_git("status", "--porcelain", "--untracked-files=no"))
    clean = bool(commit) and not changed
    source = [{"uri": f"git+{PROJECT['name']}", "digest": {"gitCommit": commit}}] if clean else []
    tools = [{"uri": _purl(name, version(name))} for name in ("hatchling", "packaging")]
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": path.name, "digest": {"sha256": _sha256(path)}} for path in made],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD,
                "externalParameters": {"commit": commit, "changed": changed},
                "internalParameters": {"SOURCE_DATE_EPOCH": epoch_s, "python": platform.python_version()},
                "resolvedDependencies": [*source, *tools],
            },
            "runDetails": {"builder": {"id": BUILD}},
        },
    }


def signed(payload: bytes, key: Ed25519PrivateKey) -> dict[str, Any]:
    """A DSSE envelope; the key is named by the SHA-256 of its public part (DER)."""
    before = b" ".join(
        [b"DSSEv1", str(len(STATEMENT)).encode(), STATEMENT.encode(), str(len(payload)).encode(), payload]
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    signature = {"keyid": hashlib.sha256(public).hexdigest(), "sig": base64.b64encode(key.sign(before)).decode()}
    return {"payload": base64.b64encode(payload).decode(), "payloadType": STATEMENT, "signatures": [signature]}


def _key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        sys.exit(f"dist: {path}: {error}")
    if not isinstance(key, Ed25519PrivateKey):
        sys.exit(f"dist: {path}: this is no Ed25519 key (openssl genpkey -algorithm ed25519 -out {path.name})")
    return key


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _written(path: Path, value: dict[str, Any], indent: int | None = 2) -> Path:
    path.write_text(json.dumps(value, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _when(epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main()
