"""The booth's seal key: read, or made where there is none."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.store.folder import write_private

_WAS_OPEN = "war jemand anders auf diesem Rechner, die Kabine neu eintragen (lisa site add --replace)."


def seal_key(path: Path) -> Ed25519PrivateKey:
    """The booth's key from a PEM file that only its owner can read; made when it is missing.

    A file without content is one whose making a loss of power interrupted: nothing was ever sealed with it.
    """
    try:
        given = path.read_bytes() if path.exists() else b""
        if given and path.stat().st_mode & 0o077:
            path.chmod(0o600)
            tell(f"{path}: Andere durften diesen Schlüssel lesen. Jetzt darf es nur noch der Besitzer; {_WAS_OPEN}")
    except OSError as error:
        raise refusal(f"{path}: Der Siegelschlüssel lässt sich nicht lesen ({cause(error)}).", error) from error
    if not given.strip(b"\0\r\n"):
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
    return key


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
