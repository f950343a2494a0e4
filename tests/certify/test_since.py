"""`lisa certify --since`: what a change can reach runs again; the rest holds by the earlier bundle, and with it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.contents import contents_of
from lisa_core.harness.certify.earlier.leaning import leaning_as_bytes, leaning_in
from lisa_core.harness.certify.earlier.parts import parts_as_bytes, parts_in
from lisa_core.harness.certify.earlier.program import program_parts
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import NAME as BUNDLE
from lisa_core.harness.certify.make import earlier
from lisa_core.harness.certify.since.choice import chosen
from lisa_core.harness.certify.since.effects import ground_of
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report.record import State, Verdict
from tests.acceptance.kept_runs import DOOR, EVENING, RING
from tests.certify.cheats_since import CHEATS, Cheat
from tests.certify.made import ELSEWHERE, KEY, OFFICE, STRANGER
from tests.certify.test_trusted import LIST, called, listed
from tests.certify.test_walk import BEGIN, FEATURE, LONG, certify, laid_out
from tests.certify.visits import (
    ALL,
    CLASS_TEXT,
    CONTACT,
    DOORS,
    HOUSE,
    NAME,
    PARTS,
    PROFILE,
    Visit,
    bundle,
    files_of,
    honest,
    judged,
    named,
    seen,
)

OLD = Visit()
NEWER = replace(OLD.sensor, identity="Beispiel PX-2, Firmware 1.08")
NEW = Visit(day=7, only=(RING, EVENING), sensor=NEWER)
BUILD = CLASS_TEXT + 'beruht_auf = "bau"\n'
NEXT = replace(ELSEWHERE, program="2" * 64)
AT_SENSOR = (RING, EVENING)
Row = tuple[Visit, Visit, Sequence[str], str]
CHANGES: Mapping[str, Row] = {
    "nichts": (OLD, Visit(day=7), (), ""),
    "Firmware des Sensors": (OLD, Visit(sensor=NEWER), AT_SENSOR, "Firmware 1.07, jetzt Beispiel PX-2, Firmware 1.08"),
    "Türkontakt ausgetauscht": (
        OLD,
        Visit(contact=replace(CONTACT, identity="Beispiel DX, Seriennummer 8, Firmware 2")),
        (DOOR,),
        "jetzt Beispiel DX, Seriennummer 8",
    ),
    "Firmware, und es zählt nur der Bau": (
        Visit(class_text=BUILD),
        Visit(class_text=BUILD, contact=replace(CONTACT, identity="Beispiel DX, Seriennummer 7, Firmware 3")),
        (),
        "",
    ),
    "anderes Gerät, und es zählt nur der Bau": (
        Visit(class_text=BUILD),
        Visit(class_text=BUILD, contact=replace(CONTACT, identity="Beispiel DX, Seriennummer 8, Firmware 2")),
        (DOOR,),
        "Seriennummer 8",
    ),
    "Programm": (OLD, Visit(parts=replace(PARTS, rest="1" * 64), declared=NEXT), ALL, "Das Programm ist ein anderes."),
    "Bibliothek": (OLD, Visit(parts=replace(PARTS, libraries="1" * 64)), ALL, "Eine Bibliothek"),
    "Betriebssystem": (OLD, Visit(parts=replace(PARTS, system="Linux 7")), ALL, "Das Betriebssystem"),
    "Treiber, der dabei ist": (
        OLD,
        Visit(parts=replace(PARTS, drivers={**PARTS.drivers, "modbus-io": "1" * 64}), declared=NEXT),
        ALL,
        "Der Treiber modbus-io ist ein anderer.",
    ),
    "Treiber, der nicht dabei ist": (
        OLD,
        Visit(parts=replace(PARTS, drivers={**PARTS.drivers, "escl": "1" * 64}), declared=NEXT),
        (),
        "",
    ),
    "Satz": (
        OLD,
        Visit(parts=replace(PARTS, sentences={**PARTS.sentences, DOORS: "1" * 64}), declared=NEXT),
        (DOOR,),
        "Der Satz in booth.py:44 ist ein anderer.",
    ),
    "Satz an anderer Stelle": (
        OLD,
        Visit(
            parts=replace(
                PARTS, sentences={place.replace(":44", ":45"): one for place, one in PARTS.sentences.items()}
            ),
            declared=NEXT,
        ),
        (),
        "",
    ),
    "ohne Teile, anderes Programm": (
        Visit(parts=None),
        Visit(parts=None, declared=NEXT),
        ALL,
        "welcher Teil, steht im Paket nicht",
    ),
    "ohne Teile, dasselbe Programm": (Visit(parts=None), Visit(parts=None), (), ""),
    "Grenze der Klasse": (
        OLD,
        Visit(class_text=CLASS_TEXT.replace("hoechstens = 2", "hoechstens = 3")),
        ALL,
        "verlangt etwas anderes als vorher",
    ),
    "Fassung der Klasse": (OLD, Visit(class_text=CLASS_TEXT.replace("2026.1", "2027.1")), ALL, "Die Klasse ist"),
    "Frist im Profil": (OLD, Visit(profile=f"{PROFILE}\n[deadlines]\nring_ms = 5000\n"), ALL, "Das Profil ist"),
    "Kanal im Profil": (OLD, Visit(profile=f"{PROFILE}channel = 2\n"), (DOOR,), "Im Profil ist slots.door anders."),
    "Text eines Szenarios": (
        OLD,
        Visit(text=OLD.text.replace("Dann ist die Tür zu", "Dann ist die Tür weit zu")),
        (DOOR,),
        "Der Text von empfang.feature",
    ),
    "Rechner": (OLD, Visit(environment={"Rechner": "zweiter"}), ALL, "Rechner: vorher „“, jetzt „zweiter“."),
    "nicht bestanden": (Visit(verdicts={DOOR: Verdict.FAILED}), OLD, (DOOR,), "Es war zuletzt nicht bestanden."),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_change_can_reach_runs_again_and_says_why(what: str) -> None:
    old, new, again, why = CHANGES[what]
    declared, wanted = new.declared, NAME.replace("2026.1", new.class_text.partition('version = "')[2][:6])
    now = ground_of(contents_of(files_of(new)), declared, wanted)
    found = chosen(map(named, ALL), now, [seen(bundle(old))])
    assert [*found.again] == [named(one) for one in ALL if one in again]
    assert [name for name, _ in found.leaning.held] == [named(one) for one in ALL if one not in again]
    assert all(why in " ".join(reasons) for reasons in found.again.values())


def test_what_holds_counts_only_with_the_bundle_in_which_it_ran() -> None:
    old = bundle(OLD)
    data, leaning = honest(NEW, old)
    assert leaning.held == ((named(DOOR), seen(old).identity),)
    code, said = judged(data)
    assert (code, "1 Szenario stützt sich auf das Paket" in said, "nicht vorgelegt" in said) == (2, True, True)
    code, said = judged(data, old)
    assert (code, "Urteil: zertifizierbar" in said, "Lauf vom 02.11.2026" in said) == (0, True, True), said
    assert f"Früheres Paket {leaning.bundles[0][:16]}…: Unterschrift: " in said
    assert said.count("Geltung: ") == 1, "of the newer one"


def test_a_third_certification_leans_on_each_bundle_in_which_something_ran() -> None:
    first = bundle(OLD)
    second, _ = honest(NEW, first)
    contact = replace(CONTACT, identity="Beispiel DX, Seriennummer 7, Firmware 3")
    third, leaning = honest(Visit(day=14, only=(DOOR,), sensor=NEWER, contact=contact), first, second)
    assert leaning.bundles == (seen(second).identity,)
    assert judged(third, second)[0] == judged(third, first, second)[0] == 0
    assert judged(third, first)[0] == 2
    fourth, leaning = honest(Visit(day=21, only=(RING,), sensor=OLD.sensor), first, second)
    assert dict(leaning.held) == {named(DOOR): seen(first).identity}, "not by 1.08, and not by older evidence"
    assert judged(fourth, first, second)[0] == 2


@pytest.mark.parametrize("what", CHEATS)
def test_no_way_to_lean_on_what_does_not_hold_verifies(what: str) -> None:
    make, code, expected = CHEATS[what]
    made: Cheat = make()
    found, said = judged(made.data, *made.earlier, trust=made.trust, today=made.today)
    assert expected in said, said
    assert found == code


def test_this_program_falls_into_parts_and_each_is_what_its_files_are() -> None:
    parts = program_parts()
    assert parts_in(parts_as_bytes(parts)) == parts
    assert len(parts.sentences) > 100
    assert all(place.startswith("lisa_core/harness/steps/") for place in parts.sentences)
    digests = [parts.drivers[one] for one in ("hlk-ld2410", "escl", "modbus-io", "wacom-stu")]
    assert len({*digests}) == len(digests)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"format":"lisa.gestuetzt/1","szenarien":[["a","b"]]}', b"{}"])
def test_what_is_no_leaning_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="stützt"):
        leaning_in(data)
    with pytest.raises(ValueError, match="Teile des Programms"):
        parts_in(data)


def test_a_leaning_comes_back_as_it_went() -> None:
    _, leaning = honest(NEW, bundle(OLD))
    assert leaning_in(leaning_as_bytes(leaning)) == leaning


def test_the_commands_of_whoever_checks_and_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.harness.certify.make.house", lambda: HOUSE)
    old = bundle(OLD)
    paths = [str(tmp_path / name) for name in ("alt.zip", "neu.zip", "a.pem", "liste.json", "a.pub")]
    listed(tmp_path, LIST.replace("praesenzsensor-*", "empfang-*"))
    (tmp_path / "alt.zip").write_bytes(old)
    (tmp_path / "neu.zip").write_bytes(honest(NEW, old)[0])
    private = OFFICE.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "a.pem").write_bytes(private)
    trusted = ("--trust", paths[3], "--authority", paths[4])
    sign = ("countersign", paths[1], "--key", paths[2], "--by", "Jutta Beispiel", "--device", "presence=SN-1")
    code, said = called(*sign)
    assert (code, "Das stützt sich auf frühere Pakete. Mit --against vorlegen: " in said) == (4, True), said
    code, said = called(*sign, "--against", paths[0])
    assert (code, "--device door=NUMMER" in said) == (4, True), said
    code, said = called(*sign, "--device", "door=SN-7", "--against", paths[0])
    assert (code, "Urteil: zertifizierbar" in said) == (0, True), said
    code, said = called("verify", paths[1], *trusted)
    assert (code, "ob das folgt, zeigen erst die früheren Pakete" in said) == (2, True), said
    code, said = called("verify", paths[1], *trusted, "--against", paths[0])
    assert "door: Nummer SN-7" in said
    assert "Gerät presence: vorher echt, Beispiel PX-2, Firmware 1.07" in said
    assert "jetzt nicht dabei" not in said
    told = json.loads(called("verify", paths[1], "--format", "json")[1])
    assert told["stuetzt_sich_auf"] == told["nicht_vorgelegt"] == [seen(old).identity]


def test_on_what_does_not_fit_no_certification_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.harness.certify.make.house", lambda: HOUSE)
    path = tmp_path / "alt.zip"
    path.write_bytes(bundle(OLD))
    assert len(earlier([path], KEY)) == 1
    with pytest.raises(LisaError, match=r"alt\.zip: Darauf kann sich kein neues .* mit einem anderen Schlüssel"):
        earlier([path], STRANGER)
    path.write_bytes(bundle(replace(OLD, state=State.INTERRUPTED)))
    with pytest.raises(LisaError, match="nicht ohne Fehler zu Ende"):
        earlier([path], KEY)


# --- the real command -----------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="startet sieben Programme: nur mit LISA_LONG=1")
def test_after_a_change_only_what_it_reaches_runs(tmp_path: Path) -> None:
    laid_out(tmp_path)
    begin, old = (*BEGIN, "--tester", "Erika Muster"), tmp_path / "alt" / BUNDLE
    assert "6 von 6" in said_by(certify(tmp_path, *begin, "--out", "alt"), 2)
    since = ("--since", str(old), "--out", "neu")
    unchanged = said_by(certify(tmp_path, *begin, *since, "--plan"), 0)
    assert "Damit zu sehen ist, was jetzt dort hängt." in unchanged
    assert "5 Szenarien gelten weiter" in unchanged
    feature = tmp_path / "probe.feature"
    feature.write_text(FEATURE.replace("Bürgerbüro 3 s lang", "Bürgerbüro 7 s lang"), encoding="utf-8")
    told = said_by(certify(tmp_path, *begin, *since), 2)
    assert "5 Szenarien gelten weiter" in told
    assert "Der Text von probe.feature ist ein anderer." in told
    assert "1 von 1" in told
    ran = verified((tmp_path / "neu" / BUNDLE).read_bytes(), house())
    assert [name for name, _ in ran.predicate["folgt"]["szenarien"]] == ["probe.feature::Nummer 3"]
    alone, both = (
        CliRunner().invoke(lisa, ["verify", str(tmp_path / "neu" / BUNDLE), *more]).output
        for more in ([], ["--against", str(old)])
    )
    assert "5 Szenarien stützen sich auf das Paket" in alone
    assert "und das ist nicht vorgelegt" in alone
    assert "nicht vorgelegt" not in both
    assert "Szenarien in probe.feature: der Text ist ein anderer." in both


def said_by(process: subprocess.Popen[str], code: int) -> str:
    told, _ = process.communicate()
    assert process.returncode == code, told
    return told
