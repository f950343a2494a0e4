"""A limit of a profile holds in a run, where it is the tighter one, and the report says whose it is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lisa_core.config.classes.limits import Limit
from lisa_core.config.hardware.limits import OwnLimit, tightened
from lisa_core.harness.report.measure import judged, measured
from lisa_core.harness.report.record import Verdict
from tests.gherkin.conftest import Folder

PROFILE = (
    '[profile]\nid = "streng"\nextends = "emulated"\n[limits."anruf.klingelt"]\nhoechstens = {0}\neinheit = "ms"\n'
)
RINGS = """\
  @anf:S0.10
  Szenario: Es klingelt
    Angenommen die Zahl ist 2
    Wenn es nach 1.4 s klingelt
    Dann ist jemand da
"""
WORST = [Verdict.FAILED, Verdict.UNDECIDED, Verdict.PASSED]


def test_what_keeps_the_requirement_and_not_the_profile_has_failed_by_the_limit_of_the_profile(folder: Folder) -> None:
    folder.write("Ruf", RINGS)
    for bound, code in ((1600, 0), (1200, 1)):
        (folder.path / "p.toml").write_text(PROFILE.format(bound), encoding="utf-8")
        ended, output = folder.run(profile="p.toml", clock="virtual")
        assert ended == code, output
    assert "S0.10: anruf.klingelt = 1,4 ± 0,1 s, höchstens 1,2 s (Profil streng): nicht bestanden" in output
    assert "(U = 0,1 s; Profil streng)" in folder.report
    assert "anruf.klingelt höchstens 1200 ms" in folder.report, "among the conditions of the run"
    stream = (folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")
    assert "Profil streng" in stream


def test_a_laxer_limit_stops_the_run_before_anything_of_it(folder: Folder) -> None:
    folder.write("Ruf", RINGS)
    (folder.path / "p.toml").write_text(PROFILE.format(2500), encoding="utf-8")
    code, output = folder.run(profile="p.toml", clock="virtual")
    assert code == 4
    assert "p.toml:5: Die Grenze 2500 ms für anruf.klingelt ist zu locker: S0.10 verlangt höchstens 2 s." in output
    assert "Es klingelt" not in output


numbers = st.decimals(min_value=0, max_value=10, places=2)


@given(numbers, numbers, numbers, st.booleans())
def test_no_limit_of_a_profile_makes_a_verdict_better(
    own: Decimal, asked: Decimal, value: Decimal, upper: bool
) -> None:
    limit = Limit("m", asked, "s", upper, Decimal("0.1"))
    both = tightened(limit, {"m": OwnLimit("m", own * 1000, "ms", upper)}, "Profil p")
    alone, together = (judged(measured("m", float(value), "s"), "K.1", one).verdict for one in (limit, both))
    assert WORST.index(together) <= WORST.index(alone)
    assert bool(both.whose) is (own < asked if upper else own > asked)
    assert both.uncertainty == limit.uncertainty
