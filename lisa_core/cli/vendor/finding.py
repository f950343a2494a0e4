"""What `lisa profile find` tells, and the first profile that it writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from lisa_core.cli.vendor.language import said
from lisa_core.config.profile import load_profile
from lisa_core.config.vendor.first_profile import BASE, first_profile, unclear
from lisa_core.config.vendor.found import Candidate, Found, found_devices
from lisa_core.config.vendor.named import wished_and_named
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.host.printable import printable
from lisa_core.host.program import OK, code_of, run_program

UNDECIDED = 2


def find_devices(form: str, into: Path | None, slots: Sequence[str]) -> int:
    """Look, tell what was found, and write a first profile; 2 where nothing was found, or not what was wished for."""
    kept: list[Found] = []

    async def look() -> None:
        kept.append(await found_devices())

    try:
        wished, named = wished_and_named(slots)
        _check(into, slots)
        if code := run_program(look()):
            return code
        (found,) = kept
        click.echo(printable(_as_json(found) if form == "json" else said("\n".join(lines(found)))))
        if into is not None:
            _write(into, found, wished, named)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    left = [*unclear(found, wished)]
    for sentence in left:
        tell(sentence)
    return UNDECIDED if left or not (named or found.candidates) else OK


def lines(found: Found) -> Iterator[str]:
    """For people: each thing with what it may be, then each place that was not looked at."""
    yield "Gefunden:" if found.candidates else "Gefunden: nichts."
    for one in found.candidates:
        yield f"  {one.binding}{f'  {one.about}' if one.about else ''}"
        may_be = (f"{SLOTS[slot].noun} ({', '.join(drivers)})" for slot, drivers in one.slots.items())
        yield f"    kann sein: {'; '.join(may_be) or 'nichts, wofür hier ein Treiber ist'}"
    if found.unseen:
        yield "Nicht nachgesehen:"
        yield from (f"  {sentence}" for sentence in found.unseen)


def _as_json(found: Found) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def _check(into: Path | None, slots: Sequence[str]) -> None:
    """Whether it can be written at all: told before anybody waits. Raises `LisaError`."""
    if slots and into is None:
        raise LisaError("--slot bindet in einem neuen Profil: mit --write sagen, in welchem.")
    if into is not None and into.suffix != ".toml":
        raise LisaError(f"{into}: Der Name eines Profils endet auf .toml.")
    if into is not None and into.exists():
        raise LisaError(f"{into}: Diese Datei gibt es schon, und sie bleibt, wie sie ist. Einen anderen Namen nennen.")


def _write(into: Path, found: Found, wished: Sequence[str], named: Sequence[Candidate]) -> None:
    text = first_profile(found, into.stem, str(into), wished, load_profile(BASE).slots, named)
    try:
        with into.open("x", encoding="utf-8") as file:
            file.write("\n".join(map(_commented, text.split("\n"))))
    except OSError as error:
        raise refusal(f"{into}: lässt sich nicht schreiben ({cause(error)}).", error) from error
    tell(f"{into}: geschrieben. Prüfen: lisa profile check {into}")


def _commented(line: str) -> str:
    """A line of a profile with its comment in the language of this command; what programs read is the same in all."""
    code, mark, comment = line.partition("#")
    return f"{code}{said(f'{mark}{comment}')}" if mark else line
