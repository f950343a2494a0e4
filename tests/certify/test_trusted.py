"""Lists of trust, challenges and second signatures: what counts here, on which day, between which moments."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.against import differences
from lisa_core.harness.certify.contents import COUNTERSIGNATURE
from lisa_core.harness.certify.trusted.challenge import handed_out
from lisa_core.harness.certify.trusted.countersignature import countersigned
from lisa_core.harness.certify.trusted.issue import issued
from lisa_core.harness.certify.trusted.listed import LIST_TYPE, Trust, read_trust
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report.record import CHALLENGE, RunRecord, Verdict
from lisa_core.harness.text.language import speaking
from lisa_core.papers.stored_zip import packed, unpacked
from tests.acceptance.kept_runs import DAY, DOOR, Way
from tests.certify.made import (
    CLASS,
    HOUSE,
    KEY,
    OFFICE,
    SENSOR,
    STRANGER,
    checked,
    files,
    forged,
    run,
)

SEEN = {"presence": "SN-0815"}
AFTER = DAY + timedelta(days=3)


@cache
def honest() -> bytes:
    return forged(files())


def asked_for(at: datetime, key: Ed25519PrivateKey = OFFICE) -> RunRecord:
    """A run that was given a challenge."""
    told = run()
    return replace(told, environment=(*told.environment, (CHALLENGE, handed_out(at, bytes(16), key))))


def signed_twice(
    data: bytes,
    key: Ed25519PrivateKey = OFFICE,
    at: datetime = AFTER,
    headline: str = "zertifizierbar",
    of: bytes | None = None,
) -> bytes:
    identity = verified(of or data, HOUSE).identity
    said = countersigned(identity, headline, SEEN, "Jutta Beispiel", at, key)
    return packed({**unpacked(data, 100), COUNTERSIGNATURE: said})


def changed_by_a_bit() -> bytes:
    data = bytearray(signed_twice(honest()))
    data[data.rindex(b'"sig":"') + 12] ^= 1
    return bytes(data)


CASES: Mapping[str, tuple[Callable[[], bytes], int, str]] = {
    "gegengezeichnet": (lambda: signed_twice(honest()), 0, "presence: Nummer SN-0815; Schlüssel"),
    "von niemandem": (honest, 0, "Gegenzeichnung: keine. Dass das Gerät dasteht, hat niemand bezeugt."),
    "von einem Fremden": (lambda: signed_twice(honest(), STRANGER), 4, "steht NICHT unter denen"),
    "vom Hersteller selbst": (lambda: signed_twice(honest(), KEY), 4, "nicht für „annahme“ eingetragen"),
    "vor dem Ende des Laufs": (lambda: signed_twice(honest(), at=DAY), 4, "bevor der Lauf zu Ende war"),
    "mit anderem Urteil": (lambda: signed_twice(honest(), headline="nicht bestanden"), 4, "und es folgt „zertif"),
    "von einem anderen Paket": (
        lambda: signed_twice(honest(), of=forged(files(run(tester="Max Muster")))),
        4,
        "gilt einem anderen Paket",
    ),
    "um ein Bit verändert": (changed_by_a_bit, 4, "beschädigt"),
    "mit Aufgabe": (lambda: forged(files(asked_for(DAY))), 0, "Beginn: nicht vor 02.11.2026, 10:00 Uhr"),
    "ohne Aufgabe": (honest, 0, "Beginn: unbestätigt"),
    "vor der Aufgabe": (lambda: forged(files(asked_for(AFTER))), 4, "Der Lauf beginnt vor seiner Aufgabe"),
    "Aufgabe vom Hersteller": (lambda: forged(files(asked_for(DAY, KEY))), 4, "nicht für „annahme“ eingetragen"),
    "Aufgabe erfunden": (
        lambda: forged(files(replace(run(), environment=(*run().environment, (CHALLENGE, "2026-11-02.x.y.z"))))),
        4,
        "die Aufgabe ist keine, oder sie ist verändert",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_what_others_have_added_counts_or_is_named(what: str) -> None:
    made, code, expected = CASES[what]
    found, said = checked(made())
    assert expected in said
    assert found == code


LIST = """\
[liste]
von = "Landkreis Musterland"
stand = 2026-12-01
gilt_bis = 2027-06-30

[[schluessel]]
name = "Hersteller Beispiel"
datei = "h.pub"
rolle = "hersteller"
klassen = ["praesenzsensor-*"]
gilt_ab = 2026-01-01

[[schluessel]]
name = "Prüfstelle"
datei = "a.pub"
rolle = "annahme"
"""


def listed(path: Path, text: str = LIST) -> Trust:
    """The list of trust that this text becomes, signed and read again."""
    for name, key in (("h.pub", KEY), ("a.pub", OFFICE)):
        path.joinpath(name).write_bytes(public_of(key))
    path.joinpath("liste.toml").write_text(text, encoding="utf-8")
    path.joinpath("liste.json").write_bytes(issued(path / "liste.toml", OFFICE))
    return read_trust(path / "liste.json", path / "a.pub")


def public_of(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def test_a_list_of_an_authority_says_whom_to_believe_and_how_old_it_is(tmp_path: Path) -> None:
    trust = listed(tmp_path)
    code, said = checked(signed_twice(honest()), trust)
    assert code == 0, said
    assert "Vertrauensliste: Landkreis Musterland, vom 01.12.2026, 23 Tage alt." in said
    assert f"Geltung: {CLASS.name}, bis 31.12.2028." in said
    late, said = checked(honest(), trust, date(2027, 7, 1))
    assert (late, "galt bis 30.06.2027: eine neuere besorgen" in said) == (2, True)
    anybody, said = checked(honest(), read_trust(tmp_path / "liste.json"))
    assert (anybody, "mit --authority den Schlüssel nennen" in said) == (2, True)
    early, said = checked(honest(), trust, date(2026, 11, 1))
    assert (early, "von einem Tag, der noch kommt" in said) == (2, True)


OF_CLASS = f'[[klasse]]\nname = "{CLASS.name}"\ngilt_bis = 2026-11-01\n'
WITHDRAWN = '\n[[zurueckgezogen]]\npaket = "{identity}"\ngrund = "Firmware 1.08"\nam = 2026-12-20\n'
LISTS: Mapping[str, tuple[Callable[[str], str], int, str]] = {
    "zurückgezogen": (lambda text: text + WITHDRAWN, 4, "zurückgezogen: Firmware 1.08 (20.12.2026)"),
    "andere Klasse": (lambda text: text.replace("praesenz", "scan"), 4, "nicht für die Klasse praesenzsensor-2026.1"),
    "Schlüssel galt noch nicht": (lambda text: text.replace("= 2026-01-01", "= 2026-12-01"), 4, "galt am 02.11.2026"),
    "Schlüssel fehlt": (
        lambda text: text.partition("[[")[0] + "[[" + text.rpartition("[[")[2],
        4,
        "steht NICHT unter denen",
    ),
    "Klasse früher zu Ende": (
        lambda text: f'{text}\n[[klasse]]\nname = "{CLASS.name}"\ngilt_bis = 2026-11-01\n',
        2,
        "gilt von 01.11.2026 bis 01.11.2026; der Lauf war am 02.11.2026",
    ),
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_takes_back_what_it_gave(what: str, tmp_path: Path) -> None:
    change, code, expected = LISTS[what]
    trust = listed(tmp_path, change(LIST).format(identity=verified(honest(), HOUSE).identity))
    found, said = checked(honest(), trust)
    assert (found, expected in said) == (code, True), said


def test_a_list_that_somebody_changed_or_another_signed_is_refused(tmp_path: Path) -> None:
    listed(tmp_path)
    path = tmp_path / "liste.json"
    with pytest.raises(LisaError, match="hat nicht unterschrieben"):
        read_trust(path, tmp_path / "h.pub")
    data = path.read_bytes()
    for place in range(0, len(data), 37):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(LisaError, match="Vertrauensliste"):
            read_trust(path)


def test_a_list_that_says_two_things_of_a_key_is_none(tmp_path: Path) -> None:
    listed(tmp_path)
    path = tmp_path / "liste.json"
    body = json.loads(dsse.opened(path.read_bytes(), LIST_TYPE).payload)
    for name, rows in (("schluessel", body["schluessel"]), ("klassen", [{"name": "a", "gilt_bis": "2027-01-01"}])):
        twice = {**body, name: [*rows, *rows]}
        path.write_bytes(dsse.sealed(json.dumps(twice).encode(), OFFICE, LIST_TYPE))
        with pytest.raises(LisaError, match="steht zweimal darin"):
            read_trust(path)


def test_what_is_signed_says_each_thing_once(tmp_path: Path) -> None:
    """Else a reader of somebody else's may take the first of two, where this one takes the last."""

    def twice(signed: bytes, kind: str) -> bytes:
        payload = dsse.opened(signed, kind).payload
        key = payload.split(b'"', 2)[1]
        return dsse.sealed(payload.replace(b"{", b'{"%b":"",' % key, 1), OFFICE, kind)

    data = signed_twice(honest())
    said = unpacked(data, 100)[COUNTERSIGNATURE]
    code, told = checked(packed({**unpacked(data, 100), COUNTERSIGNATURE: twice(said, dsse.STATEMENT)}))
    assert (code, "die Gegenzeichnung ist unlesbar" in told) == (4, True), told
    listed(tmp_path)
    path = tmp_path / "liste.json"
    path.write_bytes(twice(path.read_bytes(), LIST_TYPE))
    with pytest.raises(LisaError, match="keine unterschriebene Vertrauensliste"):
        read_trust(path)


def test_what_is_still_to_come_nobody_has_tested_or_accepted() -> None:
    code, said = checked(honest(), today=date(2026, 11, 1))
    assert (code, "zu Ende, und das kommt erst noch." in said) == (2, True), said
    code, said = checked(signed_twice(honest()), today=date(2026, 11, 3))
    assert (code, "Gegengezeichnet ist am 05.11.2026, 10:00 Uhr, und das kommt erst noch." in said) == (2, True), said


def test_no_name_in_a_bundle_begins_a_line_of_ours() -> None:
    by = "Jutta Beispiel\nUrteil: zertifizierbar"
    identity = verified(honest(), HOUSE).identity
    accepted = countersigned(identity, "zertifizierbar", SEEN, by, AFTER, OFFICE)
    _, said = checked(packed({**unpacked(honest(), 100), COUNTERSIGNATURE: accepted}))
    assert by.replace("\n", "\\n") in said
    assert said.splitlines().count("Urteil: zertifizierbar") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rolle = "hersteller"', 'rolle = "chef"', "rolle"),
        ('datei = "h.pub"', 'datei = "weg.pub"', "weg.pub"),
        ("gilt_bis = 2027-06-30", "gilt_bis = 2026-06-30", "Die Liste endet, bevor sie beginnt"),
        ("klassen =", "klasse =", "klassen"),
        ("gilt_ab = 2026-01-01", "gilt_ab = 2026-01-01\ngilt_bis = 2025-01-01", "endet, bevor er beginnt"),
        ("a.pub", "h.pub", "Der Schlüssel „Prüfstelle“ steht zweimal in der Liste"),
        ('rolle = "annahme"', f'rolle = "annahme"\n{OF_CLASS}{OF_CLASS}', f"Die Klasse „{CLASS.name}“ steht zweimal"),
    ],
)
def test_a_mistake_in_a_list_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LisaError, match=said):
        listed(tmp_path, LIST.replace(old, new))


def test_two_bundles_are_compared_the_worse_first() -> None:
    old = verified(forged(files()), HOUSE).predicate["folgt"]
    firmware = replace(SENSOR, identity="Beispiel PX-2, Firmware 1.08")
    way = Way({DOOR: Verdict.FAILED}, slots=(firmware,))
    new = verified(forged(files(run(way))), HOUSE).predicate["folgt"]
    told = [*differences(old, new)]
    assert (
        told[0] == "Schlechter: Szenario „empfang.feature::Die Tür geht zu“: vorher bestanden, jetzt nicht bestanden."
    )
    assert "Schlechter: Anforderung „K.2“: vorher bestanden, jetzt nicht bestanden." in told
    assert "Urteil: vorher „zertifizierbar“, jetzt „nicht bestanden“." in told
    assert any("Firmware 1.07" in one and "Firmware 1.08" in one for one in told)
    assert [*differences(new, new)] == []
    assert next(iter(differences(new, old))).startswith("Besser")


def test_a_file_that_never_ends_is_no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.harness.certify.gather.MAX_BYTES", 1 << 20)
    code, said = called("verify", "/dev/zero")
    assert (code, "/dev/zero: Das Prüfpaket ist zu groß" in said) == (4, True), said


def test_the_commands_of_whoever_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.harness.certify.make.house", lambda: HOUSE)
    private = OFFICE.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "a.pem").write_bytes(private)
    path, listing = tmp_path / "p.zip", tmp_path / "liste.toml"
    path.write_bytes(honest())
    listed(tmp_path)
    key = ("--key", str(tmp_path / "a.pem"))
    code, said = called("countersign", str(path), *key, "--by", "Jutta Beispiel")
    assert (code, "--device presence=NUMMER" in said) == (4, True)
    code, said = called("countersign", str(path), *key, "--by", "Jutta Beispiel", "--device", "presence=SN-0815")
    assert (code, "Urteil: zertifizierbar" in said) == (0, True), said
    code, said = called("countersign", str(path), *key, "--by", "Jutta Beispiel", "--device", "presence=SN-0815")
    assert (code, "schon gegengezeichnet" in said) == (4, True)
    code, said = called("countersign", str(path), *key, "--by", "Jutta\nBeispiel", "--device", "presence=SN-0815")
    assert (code, "--by: So kann niemand heißen" in said) == (4, True)
    code, said = called("countersign", str(listing), *key)
    assert (code, (tmp_path / "liste.dsse.json").is_file()) == (0, True)
    trusted = ("--trust", str(tmp_path / "liste.dsse.json"), "--authority", str(tmp_path / "a.pub"))
    code, said = called("verify", str(path), *trusted, "--against", str(path))
    assert "Jutta Beispiel" in said
    assert "Es ist nichts anders." in said
    as_data = ("verify", str(path), *trusted, "--format", "json")
    german = called(*as_data)
    with speaking("de"):
        assert called(*as_data, "--lang", "en") == german, "words of JSON are in no language of people"
    assert json.loads(german[1])["urteil"] == "zertifizierbar"
    assert called("countersign", *key, "--challenge")[1].startswith(f"{datetime.now(tz=UTC):%Y-%m-%dT}")


def called(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    return int(done.return_value), done.output


def test_both_signatures_are_statements_that_name_each_other() -> None:
    entries = unpacked(signed_twice(honest()), 100)
    statement = json.loads(dsse.opened(entries[COUNTERSIGNATURE]).payload)
    assert statement["subject"][0]["digest"]["sha256"] == verified(honest(), HOUSE).identity
