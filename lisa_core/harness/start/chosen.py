"""What of a run is left out (`--affected`, `--shard`): asked before pytest starts, so a mistake is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lisa_core.config.classes.values import FOLDER as CLASSES
from lisa_core.harness.choice.change import Effect
from lisa_core.harness.report.requirements import FOLDER
from lisa_core.harness.text.language import say
from lisa_core.host.paths import exists


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for. `since`: a revision of git. `shard`: "3/8". `durations`: a file of `choice.durations`.

    `effects`: what changes can reach, where that is known already; `since` then says in words since when.
    """

    since: str = ""
    shard: str = ""
    durations: str = ""
    effects: Sequence[Effect] | None = None


def chosen_arguments(
    chosen: Chosen, places: Sequence[Path], root: Path, profile: str, clock: str, out: Path
) -> list[str]:
    """The hidden options of the plugin. Raises `LisaError` for a revision, part or file that there is not."""
    arguments = []
    if chosen.since:
        arguments += _affected(chosen, places, root, profile, out)
    if chosen.shard:
        arguments += _shard(chosen, clock, out)
    return arguments


def _affected(chosen: Chosen, places: Sequence[Path], root: Path, profile: str, out: Path) -> list[str]:
    from lisa_core.harness.choice.change import as_text
    from lisa_core.harness.choice.effects import effects, reads_of, told_once, unseen
    from lisa_core.harness.choice.git import changes_since, checkout_of

    since, found = chosen.since, chosen.effects
    if found is None:
        since = say("seit {revision}", revision=chosen.since)
        checkout = checkout_of(places)
        aside = (out, *([Path(chosen.durations)] if chosen.durations else []))
        reads = reads_of(root, profile, aside)
        files = (*places, *_above(places, root), *sorted(reads.profile | reads.landkreis))
        changed = effects(changes_since(checkout, chosen.since, files), reads, checkout)
        found = told_once([*changed, *unseen(reads, checkout)])
    return [f"--lisa-effects={as_text(found)}", f"--lisa-since={since}"]


def _above(places: Sequence[Path], root: Path) -> Iterator[Path]:
    """What lies above the features and is read with them: steps and requirements."""
    for folder in dict.fromkeys(parent for place in places for parent in place.parents if parent.is_relative_to(root)):
        yield from (path for path in (folder / "conftest.py", folder / FOLDER, folder / CLASSES) if exists(path))


def _shard(chosen: Chosen, clock: str, out: Path) -> list[str]:
    from lisa_core.harness.choice.shard import read_shard

    shard = read_shard(chosen.shard)
    return [f"--lisa-shard={shard}", f"--lisa-durations={json.dumps(_durations_s(chosen, clock, out))}"]


def _durations_s(chosen: Chosen, clock: str, out: Path) -> dict[str, float]:
    """In virtual time nothing takes as long as the clock says."""
    from lisa_core.harness.choice.durations import durations_of, newest_run, read_durations

    if chosen.durations:
        known = read_durations(Path(chosen.durations))
        return known if clock == "real" else {}
    return durations_of(newest_run(out)) if clock == "real" else {}
