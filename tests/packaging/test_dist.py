"""What is handed out: the same bytes twice, a list of what is in it, and a statement that a stranger verifies."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.packaging.conftest import EPOCH_S, KEY, dist
from tests.packaging.environments import LOCKS, LONG, ROOT, names
from tests.tidy.sources import git

SAME = (".cdx.json", ".tar.gz", ".whl")
"""What is the same wherever it is made; the statement names the commit."""


@pytest.fixture(scope="module")
def bill(handed_out: Path) -> dict[str, Any]:
    (path,) = handed_out.glob("*.cdx.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(not LONG, reason="baut alles ein zweites Mal: nur mit LISA_LONG=1")
def test_the_same_source_gives_the_same_bytes_elsewhere(handed_out: Path, tmp_path: Path) -> None:
    """From a copy in another folder, made at another time, with other rights, that no git knows."""
    for name in git("ls-files"):
        (copy := tmp_path / "kopie" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
        copy.chmod(0o700 if os.access(ROOT / name, os.X_OK) else 0o600)
    again = dist(tmp_path / "kopie", tmp_path / "dist")
    wanted = {path.name: digest(path) for path in handed_out.iterdir() if path.name.endswith(SAME)}
    assert len(wanted) == 3
    assert {path.name: digest(path) for path in again.iterdir() if path.name in wanted} == wanted


def test_the_source_holds_what_git_knows_and_nothing_else(handed_out: Path) -> None:
    (path,) = handed_out.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        held = {one.name.partition("/")[2] for one in archive.getmembers()}
        assert {one.mtime for one in archive.getmembers()} == {EPOCH_S}
    assert held - {"PKG-INFO"} == set(git("ls-files"))


def test_the_list_names_each_locked_package(bill: dict[str, Any]) -> None:
    parts = {one["name"]: one for one in bill["components"]}
    assert set(parts) == names((LOCKS / "runtime.lock").read_text(encoding="utf-8"))
    product = names((LOCKS / "product.lock").read_text(encoding="utf-8"))
    assert {name for name, one in parts.items() if one["scope"] == "required"} == product
    links = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    assert parts["aiortc"]["bom-ref"] in links[bill["metadata"]["component"]["bom-ref"]]
    assert parts["pyee"]["bom-ref"] in links[parts["aiortc"]["bom-ref"]]
    assert [one["name"] for one in parts.values() if not one.get("licenses") and one["scope"] == "required"] == []


def test_the_list_is_valid_by_the_published_schema(bill: dict[str, Any], pypi: Callable[[str], Path]) -> None:
    folder = pypi("cyclonedx-python-lib") / "cyclonedx" / "schema" / "_res"
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    named = ((one["$id"], Resource.from_contents(one)) for one in schemas.values() if "$id" in one)
    known: Registry[Any] = Registry().with_resources(named)
    validator = Draft7Validator(schemas["bom-1.6.SNAPSHOT.schema.json"], registry=known)
    assert [error.message for error in validator.iter_errors(bill)] == []
    assert [*validator.iter_errors({**bill, "serialNumber": "1"})]


def test_a_stranger_verifies_the_statement(handed_out: Path, pypi: Callable[[str], Path]) -> None:
    pypi("securesystemslib")
    dsse = importlib.import_module("securesystemslib.dsse")
    signer = importlib.import_module("securesystemslib.signer")
    (path,) = handed_out.glob("*.intoto.jsonl")
    envelope = json.loads(path.read_text(encoding="utf-8"))
    keyid = envelope["signatures"][0]["keyid"]
    key = signer.SSlibKey.from_crypto(load_pem_private_key(KEY, None).public_key(), keyid=keyid)
    read = dsse.Envelope.from_dict(envelope)
    assert set(read.verify([key], 1)) == {keyid}
    statement = json.loads(read.payload)
    assert statement == json.loads(next(handed_out.glob("*.statement.json")).read_text(encoding="utf-8"))
    said = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
    assert said == {path.name: digest(path) for path in handed_out.iterdir() if path.name in said}
    assert len(said) == 3
    build = statement["predicate"]["buildDefinition"]
    names_source = any("gitCommit" in one.get("digest", {}) for one in build["resolvedDependencies"])
    assert names_source is (bool(git("rev-parse", "HEAD")) and not build["externalParameters"]["changed"])
    altered = dsse.Envelope(read.payload + b" ", read.payload_type, read.signatures)
    with pytest.raises(importlib.import_module("securesystemslib.exceptions").VerificationError):
        altered.verify([key], 1)


def test_a_key_that_is_none_is_told_before_anything_is_built(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "dist.py"), "--out", str(tmp_path / "dist"), "--key"]
    for name, text in (("fehlt.pem", None), ("leer.pem", "nichts")):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run([*command, str(tmp_path / name)], check=False, capture_output=True, text=True)
        assert (done.returncode, name in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert not (tmp_path / "dist").exists()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
