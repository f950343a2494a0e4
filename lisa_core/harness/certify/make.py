"""From files to files: a bundle is made of a kept run; one that somebody was given is checked, and countersigned."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.config.classes import load_class
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.against import differences
from lisa_core.harness.certify.bundle import MOST_ENTRIES, Bundle, Ingredients, bundle_of
from lisa_core.harness.certify.contents import COUNTERSIGNATURE
from lisa_core.harness.certify.earlier.program import program_parts
from lisa_core.harness.certify.gather import gathered, read_bytes
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.since.choice import leaning_on
from lisa_core.harness.certify.since.union import leaned, unfit
from lisa_core.harness.certify.told import in_one_line
from lisa_core.harness.certify.trusted.challenge import handed_out
from lisa_core.harness.certify.trusted.countersignature import countersigned
from lisa_core.harness.certify.trusted.issue import issued
from lisa_core.harness.certify.trusted.listed import Trust, read_trust
from lisa_core.harness.certify.trusted.standing import Standing, standing, together
from lisa_core.harness.certify.verify import Verified, redrawn, verified
from lisa_core.harness.history.shelf import find
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.papers.stored_zip import packed, unpacked

NAME = "pruefpaket.zip"


@dataclass(frozen=True, slots=True)
class Packing:
    """Which run (in `out`) becomes a bundle in the folder `into`, for which class ("": none), by whose key."""

    run: str
    key: Path
    into: Path
    out: Path = Path("out")
    profile: str = ""
    wanted: str = ""
    since: Sequence[Path] = ()
    """Earlier bundles, of what a change cannot have reached."""


def certified(order: Packing) -> tuple[Bundle, Path]:
    """The bundle, written. Raises `LisaError`."""
    signer = dsse.read_private_key(order.key)
    wanted = load_class(order.wanted) if order.wanted else None
    made_of = gathered(find(order.out, order.run), wanted, profile=order.profile)
    bundle = made_since(made_of, signer, earlier(order.since, signer))
    return bundle, written(order.into / NAME, bundle.data)


def made_since(made_of: Ingredients, signer: Ed25519PrivateKey, before: Sequence[Verified]) -> Bundle:
    """The bundle, leaning on these earlier ones for what no change can have reached; it concludes for the whole."""
    bundle = bundle_of(leaning_on(made_of, before), signer)
    if not bundle.contents.leaning.held:
        return bundle
    here = house()
    whole = leaned(verified(bundle.data, here), before, here)
    if whole.faults or whole.conclusion is None:
        raise LisaError("\n".join(["So entsteht kein Prüfpaket, das sich auf Früheres stützt:", *whole.faults]))
    return replace(bundle, conclusion=whole.conclusion)


def earlier(paths: Sequence[Path], signer: Ed25519PrivateKey | None = None) -> tuple[Verified, ...]:
    """Bundles that somebody has from before, checked. Raises `LisaError` where one is not whole, or where what `signer`
    signs may not lean on it."""
    found = [(path, checked(read_bytes(path, "Das frühere Prüfpaket"), path)) for path in paths]
    for path, one in found:
        key = dsse.raw_of(signer.public_key()) if signer else str(one.predicate["schluessel"])
        if why := next(unfit(one, key), ""):
            raise LisaError(f"{shown(path)}: Darauf kann sich kein neues Prüfpaket stützen. {why}")
    return tuple(one for _, one in found)


def checked_bundle(
    path: Path, trust: Path | None, authority: Path | None = None, before: Sequence[Path] = ()
) -> tuple[Verified, Standing]:
    """What is to be said of the bundle in this file, together with earlier ones on which it leans, and how it stands by
    this list of trust. Raises `LisaError`."""
    believed = read_trust(trust, authority) if trust else None
    presented = [checked(read_bytes(one, "Das frühere Prüfpaket"), one) for one in before]
    found, today = checked(read_bytes(path, "Das Prüfpaket"), path), datetime.now(tz=UTC).astimezone().date()
    leans = found.contents is not None and bool(found.contents.leaning.held)
    found = leaned(found, presented, house(), program_parts() if leans else None)
    return found, standing_of(found, presented, believed, today)


def standing_of(found: Verified, presented: Sequence[Verified], trust: Trust | None, today: date) -> Standing:
    """How it stands together with those of these on which it leans."""
    wanted = found.contents.leaning.bundles if found.contents else ()
    others = {f"Früheres Paket {one.identity[:16]}…": one for one in presented if one.identity in wanted}
    stands = {name: standing(one, trust, today, is_earlier=True) for name, one in others.items()}
    return together(standing(found, trust, today), stands)


def checked(data: bytes, path: Path) -> Verified:
    """What is to be said of these bytes by themselves; `path` is named where they are no bundle. Raises `LisaError`."""
    try:
        return verified(data, house())
    except LisaError as error:
        raise LisaError(f"{shown(path)}: {error}") from error


def compared(path: Path, newer: Verified) -> list[str]:
    """What is otherwise in the newer bundle than in the one in this file. Raises `LisaError`."""
    older = checked(read_bytes(path, "Das ältere Prüfpaket"), path)
    if not older.is_whole:
        raise LisaError(f"{shown(path)}: Das ältere Prüfpaket ist nicht ganz: {older.faults[0]}")
    found = [*differences(older.predicate["folgt"], newer.whole or newer.predicate["folgt"])]
    return [in_one_line(f"Gegen {shown(path)}: {one}") for one in found or ("Es ist nichts anders.",)]


def redrawn_into(path: Path, into: Path) -> list[Path]:
    """Page and paper of a bundle that is whole, drawn anew by this version from its stream. Raises `LisaError`."""
    files = redrawn(read_bytes(path, "Das Prüfpaket"), house())
    return [written(into / name, data) for name, data in files.items()]


def accepted(
    path: Path, key: Path, by: str, numbers: Sequence[str], into: Path | None, before: Sequence[Path] = ()
) -> tuple[Verified, Path]:
    """The bundle with a second signature, written to `into` (None: where it lies); `before`: those on which it leans.
    Raises `LisaError`."""
    signer, data = dsse.read_private_key(key), read_bytes(path, "Das Prüfpaket")
    found, devices = leaned(checked(data, path), earlier(before), house()), _devices(numbers)
    if found.unpresented:
        missing = ", ".join(found.unpresented)
        raise LisaError(f"{shown(path)}: Das stützt sich auf frühere Pakete. Mit --against vorlegen: {missing}")
    if not found.is_whole:
        raise LisaError(f"{shown(path)}: Das ist nicht ganz und wird nicht gegengezeichnet: {found.faults[0]}")
    if found.countersignature:
        raise LisaError(f"{shown(path)}: Das ist schon gegengezeichnet.")
    slots = {one[0] for one in (found.whole or found.predicate["folgt"])["geraete"]}
    for slot in sorted(slots ^ devices.keys()):
        raise LisaError(_of_number(slot, is_missing=slot in slots))
    said = countersigned(found.identity, found.headline, devices, by, datetime.now(tz=UTC), signer)
    whole = packed({**unpacked(data, MOST_ENTRIES), COUNTERSIGNATURE: said})
    return found, written(into or path, whole)


def trust_issued(path: Path, key: Path, into: Path | None) -> Path:
    """The signed list of trust of this TOML file, beside it where `into` is None. Raises `LisaError`."""
    return written(into or path.with_suffix(".dsse.json"), issued(path, dsse.read_private_key(key)))


def new_challenge(key: Path) -> str:
    """A challenge of this moment. Raises `LisaError`."""
    return handed_out(datetime.now(tz=UTC), secrets.token_bytes(16), dsse.read_private_key(key))


def written(path: Path, data: bytes) -> Path:
    """The file, whole or not at all. Raises `LisaError`."""
    try:
        _write(path, data)
    except OSError as error:
        raise refusal(f"{shown(path)}: lässt sich nicht schreiben ({cause(error)}).", error) from error
    except ValueError as error:
        raise LisaError(f"{path!s:.60}: So kann keine Datei heißen.") from error
    return path


def _devices(numbers: Sequence[str]) -> Mapping[str, str]:
    pairs = [one.partition("=") for one in numbers]
    if wrong := [slot for slot, equals, number in pairs if not (slot and equals and number.strip().isprintable())]:
        raise LisaError(f"„{wrong[0]}“ sagt keine Nummer. So schreiben: --device presence=SN-0815")
    return {slot: number.strip()[:100] for slot, _, number in pairs}


def _of_number(slot: str, *, is_missing: bool) -> str:
    if is_missing:
        return f"Die Nummer, die auf dem Gerät steht, fehlt: --device {slot}=NUMMER"
    return f"Auf „{slot}“ beruht in diesem Paket kein Urteil: --device dafür weglassen."


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
