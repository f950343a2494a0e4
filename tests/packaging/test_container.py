"""The Containerfile: what it installs is what the tests need, and its steps work in a Debian of their own."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.packaging.environments import LONG, ROOT
from tests.peers.conftest import missing
from tests.tidy.test_documents import misused

FILE = ROOT / "Containerfile"
HERE = ("/etc/resolv.conf", "/etc/apt", "/etc/pip.conf", "/etc/ssl/certs", "/usr/local/share/ca-certificates")
"""How this machine reaches packages: a root of its own needs the same."""
KEPT = ("PIP_", "HTTP", "http", "NO_PROXY", "no_proxy", "SSL_", "REQUESTS_")


def instructions() -> list[tuple[str, str]]:
    """Each instruction and its words, in order."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(name, words) for name, _, words in (line.partition(" ") for line in joined.splitlines())]


def words_of(name: str) -> list[str]:
    return [words for one, words in instructions() if one == name]


def test_it_installs_the_packages_that_the_tests_need() -> None:
    (listing,) = (found for words in words_of("RUN") for found in re.findall(r"\$\((.+?)\)", words))
    here = listing.replace("/opt/lisa-source/debian.txt", str(ROOT / "requirements" / "debian.txt"))
    printed = subprocess.run(["sh", "-c", here], check=True, capture_output=True, text=True).stdout.split()
    text = (ROOT / "requirements" / "debian.txt").read_text(encoding="utf-8")
    wanted = {line.split("|")[0].strip() for line in text.splitlines() if line and not line.startswith("#")}
    assert printed == sorted(wanted)
    assert "chromium" in wanted


def test_what_it_copies_is_there_and_let_through() -> None:
    through = [
        line.removeprefix("!")
        for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    for source in (word for words in words_of("COPY") for word in words.split()[:-1]):
        assert source.startswith("dist/") or (ROOT / source).is_file()
        assert [one for one in through if source == one or fnmatch.fnmatch(source, f"{one}/*")]
    assert (ROOT / ".dockerignore").read_bytes() == (ROOT / ".containerignore").read_bytes()


def test_its_commands_are_commands() -> None:
    called = {part.split()[0] for words in words_of("RUN") for part in words.split("&&")}
    made = "/opt/lisa/bin/"
    assert [one for one in called if not one.startswith(made) and shutil.which(one) is None] == []
    ((entry,), (usual,)) = (map(json.loads, words_of(name)) for name in ("ENTRYPOINT", "CMD"))
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert entry[0].removeprefix(made) in scripts
    assert not misused(usual)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.skipif(not LONG, reason="lädt ein Debian mit Chromium, dauert eine Viertelstunde: nur mit LISA_LONG=1")
def test_its_steps_work_in_a_root_of_their_own(handed_out: Path, tmp_path: Path) -> None:
    if shutil.which("mmdebstrap") is None or os.geteuid() != 0:
        missing("mmdebstrap oder root fehlt: nicht geprüft")
    root = tmp_path / "root"
    (image,) = words_of("FROM")
    release = image.removeprefix("debian:").removesuffix("-slim")
    call(["mmdebstrap", "--variant=minbase", release, str(root)])
    environment = dict(pair.split("=", 1) for words in words_of("ENV") for pair in shlex.split(words))
    make_reachable(root)
    for name, words in instructions():
        if name == "COPY":
            copied(words.split(), root, handed_out)
        elif name == "RUN":
            inside(root, words, environment)
    (entry,) = map(json.loads, words_of("ENTRYPOINT"))
    (usual,) = map(json.loads, words_of("CMD"))
    command = f"cd /daten && exec {shlex.join([*entry, *usual])}"
    assert "bestanden" in inside(root, command, {**environment, "HOME": "/home/lisa"}, "lisa")
    assert inside(root, "/usr/bin/chromium --version", environment, "lisa").startswith("Chromium")
    shutil.rmtree(root)  # 2.6 GB, of which pytest would keep three


def copied(words: list[str], root: Path, dist: Path) -> None:
    *sources, target = words
    (place := root / target.lstrip("/")).mkdir(parents=True, exist_ok=True)
    for source in sources:
        found = dist.glob(source.removeprefix("dist/")) if source.startswith("dist/") else [ROOT / source]
        for path in found:
            shutil.copy(path, place)


def make_reachable(root: Path) -> None:
    """The root reaches what this machine reaches."""
    certificates = (value for name, value in os.environ.items() if name in ("SSL_CERT_FILE", "PIP_CERT"))
    for place in map(Path, (*HERE, *certificates)):
        target = root / str(place).lstrip("/")
        if place.is_dir():
            shutil.copytree(place, target, dirs_exist_ok=True, ignore_dangling_symlinks=True)
        elif place.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(place, target)


def inside(root: Path, command: str, more: dict[str, str], user: str = "root") -> str:
    """What a shell says in the root; what it starts, and its view of processes, ends with it."""
    apart = ("unshare", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={root}/proc")
    return call([*apart, "chroot", f"--userspec={user}", str(root), "/bin/sh", "-c", command], more)


def call(command: list[str], more: dict[str, str] | None = None) -> str:
    """What a program says; it has to end well."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
    environment = {**kept, "PATH": os.defpath + ":/usr/sbin:/sbin", **(more or {})}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout
