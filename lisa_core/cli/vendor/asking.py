"""What `lisa profile probe` tells, in text and in JSON, and with which exit code it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

import click

from lisa_core.cli.vendor.language import said
from lisa_core.config.profile import Profile, load_profile
from lisa_core.config.vendor.asked import answers_of, write_answers
from lisa_core.config.vendor.probe import Probed, probed
from lisa_core.config.vendor.recalled import RecalledDevice, recalled
from lisa_core.config.vendor.told import code_of_all, lines
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.drivers.link import Link
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.host.machine import tell
from lisa_core.host.printable import printable
from lisa_core.host.program import code_of, run_program


def probe_profile(name: str, form: str, *, write: bool) -> int:
    """Ask the devices of this profile, tell what came of it, and with `write` write it down; the exit code."""
    try:
        profile = load_profile(name)
        played = recalled(profile)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    rows: list[Probed] = []

    async def ask() -> None:
        rows.extend(await probed(profile))

    if code := run_program(ask()):
        return code
    if form == "text":
        click.echo(printable(said("\n".join((*_recalled_lines(played), *lines(rows))))))
    try:
        written = (
            write_answers(profile.path, answers_of(profile.path, rows), datetime.now().astimezone().date())
            if write
            else ()
        )
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    if form == "json":
        click.echo(as_json(profile, rows, written, played))
    elif write:
        what = f"eingetragen: {', '.join(written)}" if written else "nichts Neues einzutragen"
        click.echo(printable(said(f"{profile.path}: {what}.")))
    return code_of_all(rows)


def _recalled_lines(played: Sequence[RecalledDevice]) -> Iterator[str]:
    """What recordings say stands apart: nobody was asked."""
    for one in played:
        yield f"{SLOTS[one.bound.slot].noun}: {one.bound.driver} an {one.bound.binding}"
        yield from (f"  {line}" for line in one.lines)


def as_json(
    profile: Profile, rows: Sequence[Probed], written: Sequence[str], played: Sequence[RecalledDevice] = ()
) -> str:
    """For programs: the same as values."""
    slots = [_as_values(one) for one in rows]
    recordings = [
        {"slot": one.bound.slot, "binding": one.bound.binding, "identity": asdict(one.head.identity)} for one in played
    ]
    return json.dumps(
        {
            "profile": str(profile.path),
            "exit": code_of_all(rows),
            "slots": slots,
            "written": list(written),
            "recordings": recordings,
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_values(one: Probed) -> JsonDict:
    identity = one.said.identity
    return {
        "slot": one.bound.slot,
        "driver": one.bound.driver,
        "binding": one.bound.binding,
        "trouble": None if one.trouble is None else {"kind": one.trouble.kind.name, "text": one.trouble.text},
        "identity": {key: getattr(identity, key) for key in ("vendor", "model", "serial", "firmware")},
        "silence": one.said.silence,
        "can": None if one.said.can is None else list(one.said.can),
        "link": asdict(one.link) if isinstance(one.link, Link) else None,
        "differences": [{"weight": each.weight.name, "key": each.key, "text": each.text} for each in one.differences],
    }
