"""The booth's seal key: read, or made where there is none."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.model.errors import LisaError
from lisa_core.host import paths
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.store.folder import write_private

_SHUT = "Jetzt darf es nur noch der Besitzer"
_SHARED = "Jetzt dürfen es nur noch der Besitzer und die Gruppe der Datei"
_OPEN = "Rechte einschränken: chmod 600"
_NOT_OURS = "Er gehört einem anderen Benutzer; lesen soll ihn nur der, unter dem die Kabine läuft (chown, chmod 600)"
_WAS_OPEN = "war jemand anders auf diesem Rechner, die Kabine neu eintragen (lisa site add --replace)."


def seal_key(path: Path) -> Ed25519PrivateKey:
    """The booth's key from a PEM file; made when it is missing, and then its owner alone can read it.

    A file without content is one whose making a loss of power interrupted: nothing was ever sealed with it.
    """
    try:
        given = paths.read_bytes(path) if path.exists() else b""
        found = path.stat() if given else None
    except OSError as error:
        raise refusal(f"{path}: Der Siegelschlüssel lässt sich nicht lesen ({cause(error)}).", error) from error
    if found is None or not given.strip(b"\0\r\n"):
        return _new_seal_key(path)
    try:
        key = serialization.load_pem_private_key(given, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise LisaError(
            f"{path}: Das ist kein Siegelschlüssel (PEM mit Ed25519, ohne Kennwort). "
            "Den Pfad prüfen; fehlt die Datei, entsteht ein neuer Schlüssel."
        )
    _shut(path, found)
    return key


def _shut(path: Path, found: os.stat_result) -> None:
    """Take the rights of others from a key of ours, and say so. Whoever may only read one that is open starts with it.

    A group that is not our own was given its right to read on purpose: a booth may run under a user of that group, and
    `sudo lisa booth enrol` must not lock it out.
    """
    mode, ours = found.st_mode & 0o777, found.st_uid == os.geteuid()
    shut = mode & (0o700 if ours and found.st_gid == os.getegid() else 0o740)
    if mode == shut:
        return
    done = False
    with contextlib.suppress(OSError):  # a disk that is only read, or one that knows no rights
        if ours:
            path.chmod(shut)
        done = path.stat().st_mode & 0o777 == shut
    if done:
        told = f"Andere durften diesen Schlüssel lesen. {_SHARED if shut & 0o040 else _SHUT}"
    else:
        told = f"Andere dürfen diesen Schlüssel lesen. {_OPEN if ours else _NOT_OURS}"
    tell(f"{path}: {told}; {_WAS_OPEN}")


def _new_seal_key(path: Path) -> Ed25519PrivateKey:
    """Whole on the disk before it has its name: half a key is never found."""
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        write_private(path, pem)
    except OSError as error:
        text = f"{path}: Der Siegelschlüssel lässt sich nicht anlegen ({cause(error)}). Anderen Ort nennen."
        raise refusal(text, error) from error
    return made
