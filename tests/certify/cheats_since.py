"""Ways to let a certification rest on what does not hold: by the vendor's key and our own program, nothing checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.contents import COUNTERSIGNATURE, LEANING, STREAM
from lisa_core.harness.certify.earlier.leaning import Leaning, leaning_as_bytes
from lisa_core.harness.certify.trusted.countersignature import countersigned
from lisa_core.harness.certify.trusted.listed import Role, Trust, TrustedKey
from lisa_core.harness.report.record import State, Verdict
from lisa_core.papers.stored_zip import packed, unpacked
from tests.acceptance.kept_runs import DOOR, EVENING, RING
from tests.certify.made import ELSEWHERE, KEY, OFFICE, STRANGER, TODAY, TRUST
from tests.certify.visits import (
    ABLE,
    CLASS_TEXT,
    CONTACT,
    DOOR_PORT,
    DOORS,
    NAME,
    PARTS,
    PROFILE,
    Visit,
    bundle,
    held_by,
    honest,
    named,
    seen,
)


@dataclass(frozen=True)
class Cheat:
    """What he hands in, what he presents beside it, and by whose list on which day it is checked."""

    data: bytes
    earlier: Sequence[bytes] = ()
    trust: Trust = TRUST
    today: date = TODAY


Row = tuple[Callable[[], Cheat], int, str]
OLD = Visit()
NEWER = replace(OLD.sensor, identity="Beispiel PX-2, Firmware 1.08")
NEW = Visit(day=7, only=(RING, EVENING), sensor=NEWER)
"""Honest: the sensor has other firmware, and all that rests on it has run again."""
SAME = Visit(day=7, only=(RING,))
NEXT = replace(ELSEWHERE, program="2" * 64)
DAY = datetime(2026, 11, 12, tzinfo=UTC)


def leans(new: Visit = NEW, old: Visit = OLD, names: Sequence[str] = (DOOR,)) -> Callable[[], Cheat]:
    """He writes that these hold by the old bundle, and presents it."""

    def made() -> Cheat:
        before = bundle(old)
        return Cheat(bundle(new, held_by(before, *names)), (before,))

    return made


def both(new: Visit, *names: str, **changed: Any) -> Callable[[], Cheat]:
    """Something else is otherwise in the new one, and all of the old is said to hold."""
    return leans(replace(new, **changed), OLD, names)


def honestly(**changed: Any) -> Callable[[], Cheat]:
    """An honest pair, beside another list of trust or day."""

    def made() -> Cheat:
        before = bundle(OLD)
        return replace(Cheat(honest(NEW, before)[0], (before,)), **changed)

    return made


def not_presented() -> Cheat:
    return Cheat(honest(NEW, bundle(OLD))[0])


def another_presented() -> Cheat:
    return Cheat(honest(NEW, bundle(OLD))[0], (bundle(replace(OLD, tester="Max Muster")),))


def old_changed() -> Cheat:
    """A byte of its stream: what was signed is the same, and so is its identity."""
    before = bundle(OLD)
    entries = unpacked(before, 100)
    changed = entries[STREAM].replace(b"Erika Muster", b"Erika Master", 1)
    return Cheat(honest(NEW, before)[0], (packed({**entries, STREAM: changed}),))


def withdrawn() -> Cheat:
    before = bundle(OLD)
    trust = replace(TRUST, withdrawn={seen(before).identity: "Firmware 1.07 (20.12.2026)"}, issued=date(2026, 12, 1))
    return Cheat(honest(NEW, before)[0], (before,), replace(trust, is_asked_for=True))


def of_another_vendor() -> Cheat:
    before = bundle(replace(OLD, key=STRANGER))
    known = TrustedKey("Anderer Hersteller", frozenset({Role.VENDOR}))
    trust = replace(TRUST, keys={**TRUST.keys, dsse.keyid_of(STRANGER.public_key()): known})
    return Cheat(bundle(NEW, held_by(before, DOOR)), (before,), trust)


def chain_of_claims() -> Cheat:
    """The second leans on the first; the third on the second, for what did not run there."""
    first = bundle(OLD)
    second, _ = honest(NEW, first)
    third = bundle(Visit(day=14, only=(RING, EVENING), sensor=NEWER), held_by(second, DOOR))
    return Cheat(third, (second,))


def chain_cut() -> Cheat:
    first = bundle(OLD)
    second, _ = honest(NEW, first)
    third = bundle(Visit(day=14, only=(RING,), sensor=NEWER), _of_two(first, second))
    return Cheat(third, (second,))


def chain_withdrawn() -> Cheat:
    first = bundle(OLD)
    second, _ = honest(NEW, first)
    third = bundle(Visit(day=14, only=(RING,), sensor=NEWER), _of_two(first, second))
    gone = {seen(first).identity: "Störung (1.12.2026)"}
    return Cheat(third, (first, second), replace(TRUST, withdrawn=gone, issued=date(2026, 12, 1), is_asked_for=True))


def _of_two(first: bytes, second: bytes) -> Leaning:
    return Leaning((*held_by(first, DOOR).held, *held_by(second, EVENING).held))


def failed_since() -> Cheat:
    """It passed, then failed; he leans on the day it passed, and the other bundle lies there too."""
    first = bundle(OLD)
    second = bundle(replace(NEW, only=(RING, DOOR, EVENING), verdicts={DOOR: Verdict.FAILED}))
    return Cheat(bundle(replace(NEW, day=14), held_by(first, DOOR)), (first, second))


def one_repetition_red() -> Cheat:
    """Of three repetitions one failed; he leans on the others."""
    names = [f"{DOOR} (Wiederholung {number} von 3)" for number in (1, 2, 3)]
    before = bundle(replace(OLD, times=3, red=names[1:2]))
    return Cheat(bundle(NEW, held_by(before, names[0], names[2])), (before,))


def some_repetitions() -> Cheat:
    before = bundle(replace(OLD, times=3))
    return Cheat(bundle(NEW, held_by(before, f"{DOOR} (Wiederholung 1 von 3)")), (before,))


def repeated_before_it_failed() -> Cheat:
    """Repeated it passed; run once, later, it did not."""
    first, second = bundle(replace(OLD, times=2)), bundle(replace(OLD, day=3, verdicts={DOOR: Verdict.FAILED}))
    names = [f"{DOOR} (Wiederholung {number} von 2)" for number in (1, 2)]
    return Cheat(bundle(replace(NEW, day=14), held_by(first, *names)), (first, second))


def older_evidence() -> Cheat:
    first, second = bundle(OLD), bundle(replace(OLD, day=3))
    return Cheat(bundle(replace(NEW, day=14), held_by(first, DOOR)), (first, second))


def left_out() -> Cheat:
    """The sensor's firmware is another one; in the evening nothing was tested, and nothing is said."""
    before = bundle(OLD)
    return Cheat(bundle(replace(NEW, only=(RING,)), held_by(before, DOOR)), (before,))


def added_later() -> Cheat:
    before, entries = bundle(OLD), unpacked(bundle(NEW), 100)
    lean = {LEANING: leaning_as_bytes(held_by(before, DOOR))}
    keys = list(entries)
    at = keys.index("programm.json") + 1
    made = {name: ({**entries, **lean})[name] for name in (*keys[:at], LEANING, *keys[at:])}
    return Cheat(packed(made), (before,))


def pointed_elsewhere() -> Cheat:
    """The old bundle failed; after signing another one is put in its place."""
    good, bad = bundle(replace(OLD, tester="Max Muster")), bundle(OLD)
    entries = unpacked(bundle(NEW, held_by(bad, DOOR)), 100)
    return Cheat(packed({**entries, LEANING: leaning_as_bytes(held_by(good, DOOR))}), (good,))


def twice_held() -> Cheat:
    before = bundle(OLD)
    text = leaning_as_bytes(Leaning((*held_by(before, DOOR).held, *held_by(before, DOOR).held)))
    entries = unpacked(bundle(NEW, held_by(before, DOOR)), 100)
    return Cheat(packed({**entries, LEANING: text}), (before,))


def countersigned_pair(number: str, headline: str, *, present: bool = True) -> Callable[[], Cheat]:
    """Both are countersigned; on the sensor stands this number the second time."""

    def made() -> Cheat:
        first = _signed(bundle(OLD), {"presence": "SN-1", "door": "SN-7"}, "zertifizierbar")
        second = honest(NEW, first)[0]
        return Cheat(_signed(second, {"presence": number, "door": "SN-7"}, headline), (first,) if present else ())

    return made


def _signed(data: bytes, devices: Mapping[str, str], headline: str) -> bytes:
    said = countersigned(seen(data).identity, headline, devices, "Jutta Beispiel", DAY, OFFICE)
    return packed({**unpacked(data, 100), COUNTERSIGNATURE: said})


def claimed() -> Cheat:
    before = bundle(OLD)
    return Cheat(bundle(NEW, held_by(before, DOOR), {"urteil": "zertifizierbar"}), (before,))


def not_theirs(name: str) -> Callable[[], Cheat]:
    before = bundle(OLD)
    identity = seen(before).identity
    return lambda: Cheat(bundle(NEW, Leaning(((name, identity),))), (before,))


def since_of_key() -> Trust:
    known = TrustedKey("Hersteller Beispiel", frozenset({Role.VENDOR}), since=date(2026, 11, 5))
    return replace(TRUST, keys={**TRUST.keys, dsse.keyid_of(KEY.public_key()): known})


EMULATED = replace(CONTACT, origin=Origin.EMULATED, binding="emulator", identity="")
UPDATED = replace(CONTACT, identity="Beispiel DX, Seriennummer 7, Firmware 3")
PLAYED = PROFILE.replace(f'binding = "{DOOR_PORT}"\n', "")
ADAPTER = PROFILE.replace(DOOR_PORT, "adapter:./tuer")
BUILD = f'{CLASS_TEXT}beruht_auf = "bau"\n'
LAX = CLASS_TEXT.replace("hoechstens = 2", "hoechstens = 3")
DRIVERS = {**PARTS.drivers, "modbus-io": "1" * 64}
SENTENCES = {**PARTS.sentences, DOORS: "1" * 64}
EASIER = OLD.text.replace("Dann ist die Tür zu", "Dann ist nichts")
CHEATS: Mapping[str, Row] = {
    "Firmware neu, nichts neu gemessen": (
        both(NEW, RING, EVENING, only=(DOOR,)),
        4,
        "vorher Beispiel PX-2, Firmware 1.07, jetzt Beispiel PX-2, Firmware 1.08",
    ),
    "Anderes Gerät gleicher Art": (
        both(NEW, DOOR, contact=replace(CONTACT, identity="Beispiel DX, Seriennummer 8, Firmware 2")),
        4,
        "jetzt Beispiel DX, Seriennummer 8",
    ),
    "Anderes Modell": (both(SAME, EVENING, sensor=replace(NEWER, identity="Fremd QX-1")), 4, "jetzt Fremd QX-1"),
    "Gerät nicht gezeigt": (both(SAME, DOOR, EVENING, shown=False), 4, "ist im neuen Lauf nicht zu sehen"),
    "Gerät beim früheren Mal nicht gezeigt": (
        leans(SAME, replace(OLD, shown=False), (DOOR, EVENING)),
        2,
        "Alle Geräte sind emuliert, vom Lauf selbst",
    ),
    "Anderer Anschluss": (
        both(
            SAME,
            DOOR,
            contact=replace(CONTACT, binding="tcp://192.0.2.8:502"),
            profile=PROFILE.replace("2.7", "2.8"),
        ),
        4,
        "Im Profil ist slots.door anders.",
    ),
    "Vorher emuliert": (
        leans(NEW, replace(OLD, contact=EMULATED, profile=PLAYED)),
        4,
        "Im Profil ist slots.door anders.",
    ),
    "Vorher über einen Adapter": (
        leans(
            replace(NEW, contact=replace(CONTACT, binding="adapter:./tuer"), profile=ADAPTER),
            replace(OLD, contact=replace(CONTACT, binding="adapter:./tuer"), profile=ADAPTER),
        ),
        4,
        "Was hinter dem Adapter steht",
    ),
    "Vorher im Modell": (leans(NEW, replace(OLD, clock="virtual")), 4, "Die Uhr ist eine andere"),
    "Alles im Modell": (leans(replace(NEW, clock="virtual"), replace(OLD, clock="virtual")), 2, "virtuelle Uhr"),
    "Vorher von niemandem geprüft": (leans(NEW, replace(OLD, tester="")), 2, "Es ist niemand genannt"),
    "Frühere Fassung der Klasse": (
        leans(NEW, replace(OLD, class_text=CLASS_TEXT.replace("2026.1", "2025.1"))),
        4,
        f"Die Klasse ist eine andere: vorher {NAME.replace('2026', '2025')}.",
    ),
    "Fähigkeit nie erklärt": (
        leans(replace(NEW, class_text=ABLE), replace(OLD, class_text=ABLE)),
        2,
        "kennung",
    ),
    "Vorher laxere Grenze, gleiche Fassung": (leans(NEW, replace(OLD, class_text=LAX)), 4, "Es ist nicht ganz"),
    "Klasse sagt, es komme auf Firmware nicht an": (
        leans(replace(NEW, class_text=BUILD, contact=UPDATED), replace(OLD, class_text=BUILD)),
        2,
        f"Die Klasse {NAME} sagt im Paket anderes als hier, worauf empfang.tuer beruht.",
    ),
    "Vorher leichteres Szenario": (
        leans(NEW, replace(OLD, text=EASIER)),
        4,
        "Der Text von empfang.feature ist ein anderer.",
    ),
    "Früheres nicht vorgelegt": (not_presented, 2, "und das ist nicht vorgelegt"),
    "Ein anderes vorgelegt": (another_presented, 2, "und das ist nicht vorgelegt"),
    "Früheres verändert": (old_changed, 4, "Es ist nicht ganz: messages.ndjson ist verändert"),
    "Früheres zurückgezogen": (withdrawn, 4, "Das Prüfpaket ist zurückgezogen: Firmware 1.07"),
    "Früheres eines anderen Herstellers": (of_another_vendor, 4, "Es ist mit einem anderen Schlüssel unterschrieben"),
    "Früheres war nicht bestanden": (
        leans(NEW, replace(OLD, verdicts={DOOR: Verdict.FAILED})),
        4,
        "Es war zuletzt nicht bestanden.",
    ),
    "Früheres war nicht entscheidbar": (
        leans(replace(SAME, only=(DOOR,)), replace(OLD, ring_s=1.95), (RING, EVENING)),
        4,
        "Es war zuletzt nicht entscheidbar.",
    ),
    "Dort nie gelaufen": (leans(NEW, replace(OLD, only=(RING,))), 4, "In den früheren Paketen ist es nicht gelaufen."),
    "Szenario erfunden": (not_theirs("empfang.feature::Es gibt Kaffee"), 4, "ist es nicht gelaufen"),
    "Früheres abgebrochen": (leans(NEW, replace(OLD, state=State.INTERRUPTED)), 4, "nicht ohne Fehler zu Ende"),
    "Kette: behauptet, was dort behauptet war": (chain_of_claims, 4, "In den früheren Paketen ist es nicht gelaufen."),
    "Kette: das erste fehlt": (chain_cut, 2, "und das ist nicht vorgelegt"),
    "Kette: das erste zurückgezogen": (chain_withdrawn, 4, "Das Prüfpaket ist zurückgezogen: Störung"),
    "Seitdem nicht bestanden": (failed_since, 4, "Es war zuletzt nicht bestanden."),
    "Nicht das neueste": (older_evidence, 4, "ist zuletzt in einem anderen Paket gelaufen"),
    "Eine Wiederholung war rot": (one_repetition_red, 4, "Es war zuletzt nicht bestanden."),
    "Nur manche Wiederholungen": (some_repetitions, 4, "gilt nur zusammen mit seinen Wiederholungen"),
    "Wiederholt bestanden, seitdem nicht": (repeated_before_it_failed, 4, "Es war zuletzt nicht bestanden."),
    "Neu nicht bestanden, Früheres gilt": (
        both(NEW, DOOR, only=(RING, DOOR, EVENING), verdicts={DOOR: Verdict.FAILED}),
        4,
        "ist neu gelaufen und soll sich doch auf Früheres stützen",
    ),
    "Weggelassen": (left_out, 2, f"„{named(EVENING)}“ ist im früheren Paket dabei, und hier ist es nicht gelaufen."),
    "Neu nicht bestanden": (both(NEW, DOOR, ring_s=2.4), 1, "nicht bestanden."),
    "Früheres ist später": (
        leans(replace(NEW, day=0, sensor=OLD.sensor), replace(OLD, day=7)),
        4,
        "noch nicht zu Ende, als der neue begann",
    ),
    "Programm anders": (
        both(NEW, DOOR, parts=replace(PARTS, rest="1" * 64), declared=NEXT),
        4,
        "Das Programm ist ein anderes.",
    ),
    "Programm anders, Teile abgeschrieben": (both(NEW, DOOR, declared=NEXT), 4, "passen nicht zu seiner Prüfsumme"),
    "Teile anders, Prüfsumme gleich": (
        both(NEW, DOOR, parts=replace(PARTS, sentences=SENTENCES)),
        4,
        "passen nicht zu seiner Prüfsumme",
    ),
    "Teile weggelassen": (both(NEW, DOOR, parts=None, declared=NEXT), 4, "welcher Teil, steht im Paket nicht"),
    "Satz anders": (
        both(NEW, DOOR, parts=replace(PARTS, sentences=SENTENCES), declared=NEXT),
        4,
        "Der Satz in booth.py:44 ist ein anderer.",
    ),
    "Treiber anders": (
        both(NEW, DOOR, parts=replace(PARTS, drivers=DRIVERS), declared=NEXT),
        4,
        "Der Treiber modbus-io ist ein anderer.",
    ),
    "Bibliothek anders": (both(NEW, DOOR, parts=replace(PARTS, libraries="1" * 64)), 4, "Eine Bibliothek"),
    "Betriebssystem anders": (both(NEW, DOOR, parts=replace(PARTS, system="Linux 7")), 4, "Das Betriebssystem"),
    "Anderer Rechner": (both(NEW, DOOR, environment={"Rechner": "zweiter"}), 4, "Rechner: vorher"),
    "Anderes Python": (both(NEW, DOOR, environment={"Python": "3.13.1"}), 4, "Python: vorher"),
    "Profil anders": (
        both(NEW, DOOR, profile=f"{PROFILE}\n[deadlines]\nring_ms = 500000\n"),
        4,
        "Das Profil ist ein anderes",
    ),
    "Nachträglich gestützt": (added_later, 4, "gestuetzt.json ist dazugekommen"),
    "Nachträglich auf ein anderes": (pointed_elsewhere, 4, "gestuetzt.json ist verändert"),
    "Zweimal gestützt": (twice_held, 4, "gestuetzt.json ist verändert"),
    "Gesamturteil behauptet": (claimed, 4, "folgt das Gesamturteil nicht aus dem Strom"),
    "Schlüssel galt damals nicht": (honestly(trust=since_of_key()), 4, "galt am 02.11.2026 nicht"),
    "Klasse war damals zu Ende": (
        honestly(trust=replace(TRUST, classes={NAME: date(2026, 11, 1)})),
        2,
        "Früheres Paket",
    ),
    "Nur das Frühere lag in der Frist": (
        honestly(trust=replace(TRUST, classes={NAME: date(2026, 11, 5)})),
        2,
        "der Lauf war am 09.11.2026",
    ),
    "Andere Nummer am Gerät": (
        countersigned_pair("SN-2", "zertifizierbar"),
        4,
        "Dort stand auf „presence“ die Nummer SN-1, hier steht SN-2.",
    ),
    "Gegengezeichnet, Früheres fehlt": (
        countersigned_pair("SN-1", "zertifizierbar", present=False),
        2,
        "ob das folgt, zeigen erst die früheren Pakete",
    ),
    "Gegengezeichnet mit anderem Urteil": (
        countersigned_pair("SN-1", "nicht bestanden"),
        4,
        "Gegengezeichnet ist „nicht bestanden“, und es folgt „zertifizierbar“.",
    ),
}
"""What somebody does -> what he hands in, the exit code, and what is said of it."""
