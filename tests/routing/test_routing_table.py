"""The table [routing] of a Landkreis: what it says is what the router does, and what it cannot say is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.config.directory_routing import LIMITS
from lisa_core.config.landkreis.office_portal import page_address
from lisa_core.domain.model.directory import Deadlines, Directory, Rules
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.routing import events as e
from tests.routing.office import Hand, S

KREIS = """schema = 1
[landkreis]
id = "x"
name = "Landkreis X"
time_zone = "Europe/Berlin"
land = "BB"
[sites.a]
name = "A"
land = "BB"
opened_on = 2025-02-01
hours = { mo = ["08:00-12:00"] }
[sites.b]
name = "B"
land = "BB"
opened_on = 2025-02-01
hours = { mo = ["08:00-12:00"] }
[offices.front]
name = "Empfang"
tenant = "x"
front_desk = true
[offices.amt]
name = "Amt"
tenant = "x"
overflow_to = "front"
[services.rat]
name = "Rat"
office = "amt"
[agents.f]
name = "Frau F"
office = "front"
[agents.g]
name = "Herr G"
office = "amt"
"""
BELOW = KREIS.count("\n")
FRAU_F, HERR_G = AgentId("f"), AgentId("g")


def known(folder: Path, routing: str = "", office: str = "") -> Directory:
    """Landkreis X with these lines under [routing] and these in its office „Amt“."""
    path = folder / "kreis.toml"
    text = KREIS.replace('overflow_to = "front"\n', f'overflow_to = "front"\n{office}')
    path.write_text(f"{text}[routing]\n{routing}", encoding="utf-8")
    return load_directory(str(path))[0]


def hand(directory: Directory) -> Hand:
    """At its controls, with both agents ready."""
    made = Hand(directory.rules, directory)
    made.open(FRAU_F, HERR_G)
    return made


def first_call(at: Hand) -> e.CallRejected:
    """Somebody comes, it rings, and Frau F is about to say no."""
    return e.CallRejected(FRAU_F, at.come(next(iter(at.directory.sites))))


@pytest.mark.parametrize(
    ("key", "busy", "usual_s"), [("reject_pause_s", False, 5), ("busy_pause_s", True, 20)], ids=["nein", "beschäftigt"]
)
@pytest.mark.parametrize("pause_s", [0, 7, 41, None])
def test_two_landkreise_pause_as_long_as_they_say(
    key: str, busy: bool, usual_s: int, pause_s: int | None, tmp_path: Path
) -> None:
    at = hand(known(tmp_path, "" if pause_s is None else f"{key} = {pause_s}\n"))
    no = first_call(at)
    at.do(e.CallRejected(no.agent, no.call, busy=busy))
    pause_s = usual_s if pause_s is None else pause_s
    if pause_s:
        at.wait(pause_s * S - 1)
        assert at.rings() == {}
        at.wait(1)
    assert at.rings() == {FRAU_F: no.call}


def test_who_did_not_answer_comes_back_after_the_pause_of_the_landkreis(tmp_path: Path) -> None:
    at = hand(known(tmp_path, "no_answer_pause_s = 30\n"))
    call = first_call(at).call
    at.wait(15 * S)
    assert at.mode(FRAU_F) == "abwesend"
    at.wait(30 * S)
    assert at.rings() == {FRAU_F: call}


def test_the_wrap_up_of_an_office_wins_over_that_of_the_landkreis(tmp_path: Path) -> None:
    at = hand(known(tmp_path, "wrap_up_s = 12\n", office="wrap_up_s = 3\n"))
    call = first_call(at).call
    at.talk(FRAU_F, call)
    at.do(e.CallForwarded(FRAU_F, call, OfficeId("amt"), None))
    assert (at.mode(FRAU_F), at.rings()) == ("nacharbeit", {HERR_G: call})
    at.talk(HERR_G, call)
    at.do(e.CallHungUp(HERR_G, call))
    for agent, more_s in ((HERR_G, 3), (FRAU_F, 12 - 3)):
        at.wait(more_s * S - 1)
        assert at.mode(agent) == "nacharbeit"
        at.wait(1)
        assert at.mode(agent) == "bereit"


def test_a_lost_desk_and_a_lost_booth_have_the_grace_of_the_landkreis(tmp_path: Path) -> None:
    at = hand(known(tmp_path, "desk_grace_s = 9\nbooth_grace_s = 33\n"))
    call = first_call(at).call
    at.talk(FRAU_F, call)
    at.do(e.DeskLost(FRAU_F))
    at.wait(9 * S - 1)
    assert at.mode(FRAU_F) == "im_gespraech"
    at.wait(1)
    assert at.mode(FRAU_F) == "abgemeldet"
    at.do(e.BoothLost(next(iter(at.directory.sites))))
    at.wait(33 * S - 1)
    assert at.router.call(call) is not None
    at.wait(1)
    assert at.router.call(call) is None


def test_every_rule_has_its_key_and_ringing_stays_with_the_deadlines(tmp_path: Path) -> None:
    sevens = known(tmp_path, "".join(f"{key} = 7\n" for key in LIMITS)).rules
    units = {f"{key.rpartition('_')[0]}_us": S * (60 if key.endswith("_min") else 1) for key in LIMITS}
    assert {rule.name: getattr(sevens, rule.name) // 7 for rule in fields(Rules) if rule.name in units} == units
    assert {rule.name for rule in fields(Rules)} == units.keys()
    made = known(tmp_path, "ring_s = 3\ntransfer_s = 6\nreject_pause_s = 7\n")
    assert made.rules == Rules(ring_us=3 * S, transfer_us=6 * S, reject_pause_us=7 * S)
    assert all(site.deadlines == Deadlines(ring_us=3 * S, transfer_us=6 * S) for site in made.sites.values())
    for key, limits in LIMITS.items():
        for value in limits:
            known(tmp_path, f"{key} = {value}\n")


def test_shipped_landkreise_say_how_long_their_exchange_waits() -> None:
    both = [load_directory(name)[0].rules for name in ("uckermark", "bautzen")]
    assert both[0] == Rules()
    assert (both[1].wrap_up_us, both[1].reject_pause_us, both[1].busy_pause_us) == (15 * S, 10 * S, 30 * S)


WRONG = {
    "reject_pause_s = -1": "routing.reject_pause_s: Hier steht -1; möglich sind 0 bis 3600 Sekunden.",
    "busy_pause_s = 3601": "routing.busy_pause_s: Hier steht 3601; möglich sind 0 bis 3600 Sekunden.",
    "desk_grace_s = 0": "routing.desk_grace_s: Hier steht 0; möglich sind 1 bis 60 Sekunden.",
    "early_min = 900": "routing.early_min: Hier steht 900; möglich sind 0 bis 240 Minuten.",
    'wrap_up_s = "15"': "Der Schlüssel „routing.wrap_up_s“ muss eine ganze Zahl sein; hier steht '15'.",
    "relax_s = 1.5": "Der Schlüssel „routing.relax_s“ muss eine ganze Zahl sein; hier steht 1.5.",
    "place_s = true": "Der Schlüssel „routing.place_s“ muss eine ganze Zahl sein; hier steht true.",
    "wrapup_s = 15": "routing.wrapup_s: Den Schlüssel „wrapup_s“ gibt es hier nicht. Meinten Sie „wrap_up_s“?",
    "ring_s = 0": "routing.ring_s: Hier steht 0; möglich sind 1 bis 600 Sekunden.",
}


def test_every_bad_value_is_told_at_once_with_file_line_and_key(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        known(tmp_path, "".join(f"{line}\n" for line in WRONG), office="wrap_up_s = -3\noverflow_after_s = 9999\n")
    path, first = tmp_path / "kreis.toml", BELOW + 4
    office = KREIS[: KREIS.index('overflow_to = "front"')].count("\n") + 2
    assert str(caught.value).splitlines() == [
        f"{path}:{office}: offices.amt.wrap_up_s: Hier steht -3; möglich sind 0 bis 3600 Sekunden.",
        f"{path}:{office + 1}: offices.amt.overflow_after_s: Hier steht 9999; möglich sind 0 bis 3600 Sekunden.",
        *(f"{path}:{number}: {said}" for number, said in enumerate(WRONG.values(), first)),
    ]


def test_routing_that_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_text(f"routing = 15\n{KREIS}", encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    assert str(caught.value) == f"{path}:1: Der Schlüssel „routing“ muss eine Tabelle sein; hier steht 15."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('portal = "plaetze"', "Am Anfang fehlt „https://“"),
        ('portal = "http://plaetze.example"', "ohne Verschlüsselung"),
        ('portal = "ftp://plaetze.example"', "passt hier nicht"),
        ('portal_name = "SoJuS"', "Dazu fehlt die Adresse"),
        (f'portal = "https://p.example"\nportal_name = "{"S" * 41}"', "höchstens 40 Zeichen"),
    ],
)
def test_a_portal_that_nobody_should_open_is_refused(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(ProfileError, match=f"kreis.toml:.*offices.amt.portal.*{said}"):
        known(tmp_path, "", office=f"{written}\n")


def test_a_portal_is_known_by_its_origin(tmp_path: Path) -> None:
    written = 'portal = "https://P.example:443/suche"\nportal_name = "SoJuS"\n'
    office = known(tmp_path, "", office=written).offices[OfficeId("amt")]
    assert (office.portal, office.portal_name) == ("https://P.example:443/suche", "SoJuS")
    for address, origin in (
        (office.portal, "https://p.example"),
        ("https://p.example:8443", "https://p.example:8443"),
        ("http://127.0.0.1:8420/", "http://127.0.0.1:8420"),
        ("http://[::1]:80", "http://[::1]"),
    ):
        assert page_address(address).origin == origin
