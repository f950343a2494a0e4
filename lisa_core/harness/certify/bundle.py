"""A bundle is made of ingredients and a key, and nothing else: the same ones give the same bytes."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.classes import declared_in
from lisa_core.harness.certify.contents import (
    DECLARATION,
    PAPER,
    STREAM,
    Contents,
    contents_of,
    place_in_order,
)
from lisa_core.harness.certify.fidelity import contradictions
from lisa_core.harness.certify.headline import Conclusion, Sought, concluded
from lisa_core.harness.certify.paper import as_pdf
from lisa_core.harness.certify.retrial import Retrial, tried_again
from lisa_core.harness.certify.statement import Declared, digest, stated, what_follows
from lisa_core.harness.report.record import PAGE
from lisa_core.harness.report.report import render
from lisa_core.harness.text.language import speaking
from lisa_core.host.temporary import temporary
from lisa_core.papers.stored_zip import packed

_IN_FULL = re.compile(rb'"uri": ?"(/[^"]+)"')
MAX_BYTES = 1 << 30
MOST_ENTRIES = 500
MOST_FAULTS = 20
"""So many things that do not fit are told."""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a bundle is made of: `files` by their names in it (stream, profile, requirements, class, extras)."""

    files: Mapping[str, bytes]
    declared: Declared
    sought: Sought | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as bytes, and what it comes to."""

    data: bytes
    contents: Contents
    conclusion: Conclusion


def bundle_of(made_of: Ingredients, key: Ed25519PrivateKey) -> Bundle:
    """The bundle. Raises `LisaError` where the run is none that may be handed in, naming all that does not fit."""
    files = dict(sorted(made_of.files.items(), key=lambda one: place_in_order(one[0])))
    if strange := [name for name in files if place_in_order(name)[0] < 0]:
        raise LisaError(f"„{strange[0]}“ kann nicht in einem Prüfpaket liegen.")
    with from_nowhere(files[STREAM]):
        return _bundle_of(files, made_of, key)


def _bundle_of(files: dict[str, bytes], made_of: Ingredients, key: Ed25519PrivateKey) -> Bundle:
    contents = contents_of(files)
    retrial = tried_again(contents.run, contents.asked)
    faults = [*contradictions(contents.told, contents.run), *retrial.faults]
    if faults:
        raise LisaError("\n".join(["Aus diesem Lauf wird kein Prüfpaket:", *faults[:MOST_FAULTS]]))
    expected, sought = contents.expected(retrial.scenarios), declared_in(made_of.sought, contents.profile)
    conclusion = concluded(contents.run, retrial.requirements, sought, expected.faults)
    files |= drawn(contents, retrial, conclusion, made_of.sought, digest(files[STREAM]))
    follows = what_follows(contents.run, retrial, conclusion, made_of.sought)
    payload = stated(files, follows, made_of.declared, dsse.raw_of(key.public_key()))
    data = packed({**files, DECLARATION: dsse.sealed(payload, key)})
    if len(data) > MAX_BYTES:
        raise LisaError(f"Das Prüfpaket wird zu groß ({len(data) >> 20} MiB, erlaubt sind {MAX_BYTES >> 20}).")
    return Bundle(data, contents, conclusion)


@contextlib.contextmanager
def from_nowhere(stream: bytes) -> Iterator[None]:
    """Names of files are told as the stream tells them, wherever that is done: one that it tells in full would be told
    in short where it lies below the current folder. So the body runs in one below which none of them lies."""
    here = Path.cwd()
    if not any(Path(os.fsdecode(name)).is_relative_to(here) for name in {*_IN_FULL.findall(stream)}):
        yield
        return
    with temporary() as folder, contextlib.chdir(folder):
        yield


def drawn(
    contents: Contents, retrial: Retrial, conclusion: Conclusion, sought: Sought | None, stream: str
) -> dict[str, bytes]:
    """What is drawn of the stream for people: the page and the paper."""
    with speaking(contents.run.language):
        paper = as_pdf(contents, retrial, conclusion, sought, stream)
    return {PAGE: render(contents.run).encode("utf-8"), PAPER: paper}


def named_entries(names: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """Files for a folder of a bundle, by their own names, in this order: `profil/1-meins.toml`."""
    return {f"{folder}{number}-{_plain(name)}": data for number, (name, data) in enumerate(names.items(), 1)}


def _plain(name: str) -> str:
    """A name that any archive takes."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)[-70:]
