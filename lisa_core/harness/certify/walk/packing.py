"""What was measured in all sittings becomes one bundle: with the ways to devices, and with what was known before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from lisa_core.config.classes import load_class
from lisa_core.equipment.drivers.link import Links
from lisa_core.harness.certify.bundle import Ingredients
from lisa_core.harness.certify.contents import STREAM, Contents, contents_of
from lisa_core.harness.certify.gather import gathered
from lisa_core.harness.certify.statement import SITTINGS
from lisa_core.harness.certify.walk.links import excess_s, told, widened, with_rows
from lisa_core.harness.certify.walk.parts import together
from lisa_core.harness.certify.walk.session import Session
from lisa_core.harness.report import messages
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import RunRecord, State


def ingredients_of(session: Session, folder: Path, runs: Sequence[RunRecord], after: Links) -> Ingredients:
    """What the bundle is made of; `folder` is that of the last run, `after` the ways as they were at the end.

    Raises `LisaError`.
    """
    wanted = load_class(session.wanted)
    made_of = gathered(folder, wanted, profile=session.profile, known=session.known)
    if len(runs) > 1 or after or session.known or runs[-1].state is not State.FINISHED:
        whole = whole_of(contents_of(made_of.files), runs, after)
        stream = messages.lines(messages.whole(whole)).encode()
        made_of = replace(made_of, files={**made_of.files, STREAM: stream})
    return made_of


def whole_of(found: Contents, runs: Sequence[RunRecord], after: Links) -> RunRecord:
    """One run of these, in which every scenario has ended; `found` is what the bundle would hold of the last one."""
    whole = _ended(together([widened(one, excess_s(one, runs, after), found.asked) for one in runs]), found)
    whole = replace(whole, environment=with_rows(whole.environment, told(runs, after)))
    if not found.known:
        return whole
    expected = replace(found, run=whole).expected(whole.scenarios)
    past = replace(whole.past, known=expected.faults, expired=expected.expired, notes=expected.notes)
    return replace(whole, past=past)


def _ended(run: RunRecord, found: Contents) -> RunRecord:
    """Broken off behind its last scenario, a run has nothing left to do, and nobody runs it again to say so."""
    if run.state is State.FINISHED:
        return run
    moments = [one.started + timedelta(microseconds=one.duration_us) for one in run.scenarios if one.started]
    wall_us = max(run.wall_us, (max(moments) - run.started) // timedelta(microseconds=1))
    asked = matrix(found.asked.values(), run.scenarios, mentioned_only=True)
    told = () if SITTINGS in dict(run.environment) else ((SITTINGS, "1-mal"),)
    environment = (*run.environment, *told)
    return replace(run, state=State.FINISHED, wall_us=wall_us, requirements=asked, environment=environment)
