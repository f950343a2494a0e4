"""What would have to run now, before anything runs: as the files lie here, and as the devices say who they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lisa_core.config.classes import CertificationClass
from lisa_core.config.profile import load_profile
from lisa_core.equipment.drivers.identity import Said
from lisa_core.harness.certify.contents import contents_beside
from lisa_core.harness.certify.gather import beside, declared_here
from lisa_core.harness.certify.since.choice import StillValid, chosen, ground_in
from lisa_core.harness.certify.since.effects import Ground, as_it_hangs
from lisa_core.harness.certify.verify import Verified
from lisa_core.harness.choice.feature_change import text_of
from lisa_core.harness.report.environment import environment
from lisa_core.harness.report.equipment import slot_records
from lisa_core.harness.report.record import RunRecord, SlotRecord, SourceText
from lisa_core.harness.settings import RunSettings


def chosen_for(
    run: RunRecord,
    planned: Iterable[str],
    wanted: CertificationClass,
    earlier: Sequence[Verified],
    said: Mapping[str, Said] | None,
) -> StillValid:
    """Of the scenarios with these ids. `run` is that of somebody who has only looked. `said`: who the devices are;
    None: they were not asked, and are taken to be those of before."""
    texts = [(path, text_of(path.read_bytes())) for path in dict.fromkeys(one.file for one in run.scenarios)]
    sources = tuple(SourceText(path, text) for path, text in texts if text is not None)
    settings = RunSettings(run.profile, run.clock, said=said or {})
    now = replace(run, sources=sources, environment=environment(settings))
    contents = contents_beside(beside(now, wanted), (), now)
    stands = _as_before(earlier) if said is None else _as_said(run.profile, said)
    return chosen(planned, Ground(contents, declared_here(), wanted.id, stands), earlier)


def _as_said(name: str, said: Mapping[str, Said]) -> Mapping[str, frozenset[SlotRecord]]:
    records = slot_records(load_profile(name), said)
    return {one.slot: frozenset({as_it_hangs(one)}) for one in records}


def _as_before(earlier: Sequence[Verified]) -> Mapping[str, frozenset[SlotRecord]]:
    return max(map(ground_in, earlier), key=lambda one: one.contents.run.started).stands
