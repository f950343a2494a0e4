"""Ways to cheat, each as the bytes that somebody would hand in; he has the vendor's key, and our own program.

A row is what he does, the bytes, and what has to be said of them. What he made up from nothing, so that it is of one
piece, no program can find: that is what the second signer and the challenge are for (docs/adr/0088).
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.contents import DECLARATION, PAPER, STREAM, place_in_order
from lisa_core.harness.report import messages
from lisa_core.harness.report.measure import STEP
from lisa_core.harness.report.record import FAULT_PLAN, PAGE, Choice, Verdict
from lisa_core.harness.tester.panel import HERE, PHONE, PROGRAM
from lisa_core.papers.stored_zip import packed, unpacked
from tests.acceptance.kept_runs import DOOR, Way
from tests.certify.made import (
    ASKED_OF,
    CLASS_FILE,
    IN_CLASS,
    KEY,
    PORT,
    PROFILE,
    REQUIRED,
    SENSOR,
    STRANGER,
    Stream,
    answered,
    body_of,
    details,
    edited,
    files,
    forged,
    ingredients,
    run,
    settings,
)

Cheat = tuple[Callable[[], bytes], str]
PLACE, BY_PHONE = "192.168.1.5:8443", f"erledigt nach 3,0 s, {PHONE}"
AT_SENSOR = Way(slots=(SENSOR,))
DOOR_RED = replace(AT_SENSOR, verdicts={DOOR: Verdict.FAILED})
TOO_LATE = replace(AT_SENSOR, ring_s=2.4)


@cache
def whole() -> bytes:
    return forged(files())


def entries() -> dict[str, bytes]:
    return unpacked(whole(), 100)


# --- the stream is edited -------------------------------------------------------------------------------------------


def verdict_edited() -> bytes:
    return forged(edited(lambda s: details(s, 1, lambda one: one.update(verdict="PASSED")), run(DOOR_RED)))


def steps_edited() -> bytes:
    def change(one: dict[str, Any]) -> None:
        one.update(verdict="PASSED", steps=["PASSED", "PASSED"])

    return forged(edited(lambda s: details(s, 1, change), run(DOOR_RED)))


def statuses_edited() -> bytes:
    def change(stream: Stream) -> None:
        details(stream, 1, lambda one: one.update(verdict="PASSED", steps=["PASSED", "PASSED"]))
        for one in stream:
            result = one.get("testStepFinished", {}).get("testStepResult", {})
            result.update(status="PASSED" if result.get("status") == "FAILED" else result.get("status"))

    return forged(edited(change, run(DOOR_RED)))


def value_called_passed() -> bytes:
    def change(one: dict[str, Any]) -> None:
        one["verdict"] = one["measurements"][0]["verdict"] = "PASSED"

    return forged(edited(lambda s: details(s, 0, change), run(TOO_LATE)))


def of_values(**changed: Any) -> Callable[[], bytes]:
    """A run that missed its limit, with other values beside the first measurement."""

    def change(one: dict[str, Any]) -> None:
        one["verdict"] = "PASSED"
        one["error"] = ""
        one["measurements"][0].update(verdict="PASSED", **changed)

    return lambda: forged(edited(lambda s: details(s, 0, change), run(TOO_LATE)))


def value_removed() -> bytes:
    return forged(edited(lambda s: details(s, 0, lambda one: one.update(measurements=[])), run()))


def requirement_result_edited() -> bytes:
    def change(stream: Stream) -> None:
        def shown(one: dict[str, Any]) -> None:
            one["requirements"][1]["verdict"] = "PASSED"

        settings(stream, shown, messages.RESULT_TYPE)

    return forged(edited(change, run(DOOR_RED)))


def attempt_removed() -> bytes:
    def change(stream: Stream) -> Stream:
        name = body_of(stream, "testCaseStarted", 1)["id"]
        settings(stream, lambda one: one["requirements"][1].update(verdict="NOT_CHECKED"), messages.RESULT_TYPE)
        return [one for one in stream if not _is_of(one, name)]

    return forged(edited(change, run(DOOR_RED)))


def scenario_removed() -> bytes:
    def change(stream: Stream) -> Stream:
        attempt, name = (body_of(stream, kind, 1)["id"] for kind in ("testCaseStarted", "pickle"))
        settings(stream, lambda one: one["requirements"].pop(1), messages.RESULT_TYPE)
        body_of(stream, "testRunFinished").update(success=True)
        kept = [one for one in stream if not _is_of(one, attempt)]
        return [one for one in kept if name not in (one.get(kind, {}).get("id") for kind in ("pickle", "testCase"))]

    return forged(edited(change, run(DOOR_RED)))


def _is_of(message: dict[str, Any], attempt: str) -> bool:
    ((kind, body),) = message.items()
    return attempt in (body.get("testCaseStartedId"), body["id"] if kind == "testCaseStarted" else "")


def second_attempt_added() -> bytes:
    """The scenario failed; beside it stands the attempt of a run that passed."""

    def change(stream: Stream) -> Stream:
        name = body_of(stream, "testCaseStarted", 1)["id"]
        good = [json.loads(line) for line in files()[STREAM].decode().splitlines()]
        again = [one for one in good if f'"testCaseStartedId": "{name}"' in json.dumps(one, ensure_ascii=False)]
        start = [one for one in good if one.get("testCaseStarted", {}).get("id") == name]
        return [*stream[:-2], *start, *again, *stream[-2:]]

    return forged(edited(change, run(DOOR_RED)))


def failed_as_not_applicable() -> bytes:
    def change(stream: Stream) -> None:
        details(stream, 1, lambda one: one.update(verdict="NOT_APPLICABLE", started="", error=""))

    return forged(edited(change, run(DOOR_RED)))


def failed_as_unchecked() -> bytes:
    return forged(edited(lambda s: details(s, 1, lambda one: one.update(verdict="NOT_CHECKED")), run(DOOR_RED)))


def step_reworded() -> bytes:
    def change(stream: Stream) -> None:
        body_of(stream, "pickle", 1)["steps"][1]["text"] = "ist nichts"

    return forged(edited(change))


def tag_removed() -> bytes:
    def change(stream: Stream) -> None:
        body_of(stream, "pickle", 1)["tags"].clear()

    return forged(edited(change, run(DOOR_RED)))


def own_features() -> bytes:
    """The same names and tags; what they ask is less."""
    return forged(files(run(replace(AT_SENSOR, how="nie"))))


def own_sentences() -> bytes:
    def change(stream: Stream) -> None:
        text = json.dumps(stream, ensure_ascii=False).replace("lisa_core/harness/steps/booth.py", "firma/steps.py")
        stream[:] = json.loads(text)

    return forged(edited(change))


def end_cut_off() -> bytes:
    def change(stream: Stream) -> Stream:
        return stream[:-2]

    return forged(edited(change))


def said_to_be_finished() -> bytes:
    told = run(replace(AT_SENSOR, ended_after=1))
    return forged(edited(lambda s: settings(s, lambda one: one.update(state="FINISHED"), messages.RESULT_TYPE), told))


def told_after_the_end() -> bytes:
    return forged(edited(lambda s: [*s, s[-2]]))


def called_a_success() -> bytes:
    return forged(edited(lambda s: body_of(s, "testRunFinished").update(success=True), run(DOOR_RED)))


def clock_set_back() -> bytes:
    told = run()
    second = told.scenarios[1]
    assert second.started
    earlier = replace(second, started=second.started - timedelta(hours=1))
    return forged(files(replace(told, scenarios=(told.scenarios[0], earlier, told.scenarios[2]))))


def clock_set_forward() -> bytes:
    told = run()
    last = told.scenarios[2]
    assert last.started
    later = replace(last, started=last.started + timedelta(days=1))
    return forged(files(replace(told, scenarios=(*told.scenarios[:2], later))))


def virtual_clock() -> bytes:
    return forged(files(run(replace(AT_SENSOR, booth="Modell"))))


# --- what was emulated is called real -------------------------------------------------------------------------------


def at_port(binding: str, identity: str = SENSOR.identity, **changed: Any) -> Callable[[], bytes]:
    """A sensor that is called real, at this address."""
    slot = replace(SENSOR, **{"binding": binding, "identity": identity, **changed})
    profile = PROFILE.replace(PORT, binding)

    def made() -> bytes:
        return forged({**files(run(replace(AT_SENSOR, slots=(slot,)))), "profil/1-kabine.toml": profile.encode()})

    return made


def joined_world() -> bytes:
    profile = f'{PROFILE}\n[world]\njoin = "tcp://10.0.0.9:4000"\n'
    return forged({**files(), "profil/1-kabine.toml": profile.encode()})


def profile_swapped() -> bytes:
    return forged({**files(), "profil/1-kabine.toml": PROFILE.replace(PORT, "/dev/ttyUSB0").encode()})


def other_profile() -> bytes:
    return forged({**files(), "profil/1-kabine.toml": PROFILE.replace('"kabine"', '"andere"').encode()})


def openly(origin: Origin) -> Callable[[], bytes]:
    slot = replace(SENSOR, origin=origin)
    return lambda: forged(files(run(replace(AT_SENSOR, slots=(slot,)))))


def nobody_tested() -> bytes:
    return forged(files(run(tester="")))


def answered_by(words: str, *listened: str) -> Callable[[], bytes]:
    return lambda: forged(files(answered(words, *listened)))


def answers_removed() -> bytes:
    told = run()
    return forged(files(replace(told, scenarios=tuple(replace(one, evidence=()) for one in told.scenarios))))


# --- less is asked --------------------------------------------------------------------------------------------------


def asking(old: str, new: str, way: Way = TOO_LATE, *, unread: bool = True) -> Callable[[], bytes]:
    """The requirements say something else, and the stream was judged by them."""

    def made() -> bytes:
        def change(one: dict[str, Any]) -> None:
            one.update(verdict="PASSED", error="")
            one["measurements"][0].update(verdict="PASSED", limit="3")

        stream = edited(lambda s: details(s, 0, change), run(way)) if unread else files(run(way))
        return forged({**stream, REQUIRED: ASKED_OF.replace(old, new).encode()})

    return made


def class_unknown() -> bytes:
    return forged(files(), {"klasse": "praesenzsensor-2019.1"})


def own_class() -> bytes:
    """One of his own, by which everything is fulfilled."""
    made = files()
    del made[IN_CLASS]
    text = CLASS_FILE.replace("2026.1", "2027.1") + 'verbindlich = "wahlfrei"\n'
    return forged({**made, "klassen/praesenzsensor-2027.1.toml": text.encode()}, {"klasse": "praesenzsensor-2027.1"})


def class_left_out() -> bytes:
    return bundle_of(replace(ingredients(), sought=None), KEY).data


def part_of_a_run() -> bytes:
    return forged(files(run(choice=Choice("Teil 1 von 2", shard=(1, 2)))))


def plan_of_faults() -> bytes:
    told = run()
    return forged(files(replace(told, environment=(*told.environment, (FAULT_PLAN, "scanner.stau@5s")))))


def one_repetition_red() -> bytes:
    told = run(replace(AT_SENSOR, times=2))
    last = told.scenarios[-1]
    red = replace(
        last, verdict=Verdict.FAILED, steps=(last.steps[0], last.steps[1].ended(Verdict.FAILED, 1, "zu spät"))
    )
    return forged(files(replace(told, scenarios=(*told.scenarios[:-1], red))))


def harness_fault() -> bytes:
    return forged(files(run(faults=("Der Prozess ist abgestürzt.",))))


# --- what was signed is not what lies there -------------------------------------------------------------------------


def claims(**claimed: Any) -> Callable[[], bytes]:
    return lambda: forged(files(run(DOOR_RED)), claimed)


def with_entry(name: str, data: bytes) -> Callable[[], bytes]:
    return lambda: packed({**entries(), name: data})


def drawn_otherwise(name: str) -> Callable[[], bytes]:
    return lambda: forged(files(), None, KEY, **{name: b"%PDF-1.7 Alles zertifizierbar"})


def entry_removed(name: str) -> Callable[[], bytes]:
    return lambda: packed({one: data for one, data in entries().items() if one != name})


def extra_added() -> bytes:
    made = {**entries(), "beilagen/1-mehr.txt": b"mehr"}
    return packed(dict(sorted(made.items(), key=lambda one: place_in_order(one[0]))))


def order_changed() -> bytes:
    return packed(dict(reversed(entries().items())))


def stream_of_another_run() -> bytes:
    return packed({**entries(), STREAM: files(run(DOOR_RED))[STREAM]})


def resigned(change: Callable[[dict[str, Any]], Any]) -> Callable[[], bytes]:
    """The envelope itself is changed, in the spelling that is usual here."""

    def made() -> bytes:
        found = entries()
        envelope = json.loads(found[DECLARATION])
        change(envelope)
        text = json.dumps(envelope, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return packed({**found, DECLARATION: text.encode()})

    return made


def by_a_stranger() -> bytes:
    return forged(files(), None, STRANGER)


def strangers_signature_under_the_vendors_name() -> bytes:
    found = entries()
    payload = dsse.opened(found[DECLARATION]).payload
    forged_seal = json.loads(dsse.sealed(payload, STRANGER))
    forged_seal["signatures"][0]["keyid"] = dsse.keyid_of(KEY.public_key())
    text = json.dumps(forged_seal, sort_keys=True, separators=(",", ":"))
    return packed({**found, DECLARATION: text.encode()})


def vendors_key_named_strangers_signature() -> bytes:
    found = entries()
    statement = json.loads(dsse.opened(found[DECLARATION]).payload)
    statement["predicate"]["schluessel"] = dsse.raw_of(KEY.public_key())
    payload = json.dumps(statement, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return packed({**found, DECLARATION: dsse.sealed(payload, STRANGER)})


def twice_signed(envelope: dict[str, Any]) -> None:
    envelope["signatures"] *= 2


def said_twice() -> bytes:
    """Signed by who hands it in: of two readers one takes the first verdict, the other the last."""
    found = entries()
    payload = dsse.opened(found[DECLARATION]).payload.replace(b"{", b'{"predicate":{},', 1)
    return packed({**found, DECLARATION: dsse.sealed(payload, KEY)})


def folded() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries().items():
            archive.writestr(name, data)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(STREAM, bytes(30_000_000))
    return buffer.getvalue()


def many_entries() -> bytes:
    return packed({f"beilagen/{number}": b"" for number in range(600)})


def commented() -> bytes:
    buffer = io.BytesIO(whole())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"zertifizierbar"
    return buffer.getvalue()


def _of_base64(envelope: dict[str, Any]) -> None:
    """The same bytes in another spelling: the last letter of base64 carries bits that nobody reads."""
    text = envelope["signatures"][0]["sig"]
    last = base64.b64encode(base64.b64decode(text)).decode()[-3]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    envelope["signatures"][0]["sig"] = f"{text[:-3]}{letters[letters.index(last) ^ 1]}=="


CHEATS: Mapping[str, Cheat] = {
    "Urteil eines Szenarios geändert": (verdict_edited, f"„{DOOR}“ steht als „bestanden“ im Strom"),
    "Urteile der Schritte geändert": (steps_edited, "Zustände der Schritte sind nicht die ihrer Urteile"),
    "Urteile und Zustände geändert": (statuses_edited, "ist bestanden und hat doch einen Fehler"),
    "Messwert verfehlt, bestanden genannt": (value_called_passed, "aus ihm folgt „nicht bestanden“"),
    "Grenze im Strom gelockert": (of_values(limit="3"), "ist an 3 s gemessen; K.1 verlangt höchstens 2 s"),
    "Grenze umgedreht": (of_values(upper=False), "K.1 verlangt höchstens 2 s"),
    "Einheit der Grenze geändert": (of_values(unit="min"), "ist an 2 min gemessen"),
    "Grenze weggelassen": (of_values(limit=None, requirement=""), "aus ihm folgt „nicht bestanden“"),
    "Grenze einer anderen Anforderung": (of_values(requirement="K.9"), "die keine Anforderung des Szenarios setzt"),
    "Grenze eines Schritts vorgetäuscht": (of_values(requirement=STEP), "kann nur nicht entscheidbar sein"),
    "Wartezeit des Rechners erfunden": (of_values(held_up="9"), "aus ihm folgt „nicht entscheidbar“"),
    "Messwert entfernt": (value_removed, "aus ihm folgt „nicht geprüft“"),
    "Ergebnis einer Anforderung geändert": (requirement_result_edited, "Anforderung K.2 steht als „bestanden“"),
    "Versuch entfernt": (attempt_removed, "„Die Tür geht zu“: nicht geprüft"),
    "Szenario entfernt": (scenario_removed, "K.2 ist für die Klasse Pflicht, und kein Szenario zeigt es"),
    "Zweiten Versuch untergeschoben": (second_attempt_added, "ist 2-mal begonnen"),
    "Fehler als nicht anwendbar": (failed_as_not_applicable, "hat kein Tag, nach dem es das sein könnte"),
    "Fehler als nicht geprüft": (failed_as_unchecked, "aus ihm folgt „nicht bestanden“"),
    "Schritt umgeschrieben": (step_reworded, "besteht aus anderen Schritten"),
    "Tag der Anforderung entfernt": (tag_removed, "hat andere Tags"),
    "Eigene, leichtere Szenarien": (own_features, "sind nicht die, die LISA hier mitbringt"),
    "Eigene Sätze": (own_sentences, "Sätze stammen nicht von LISA: steps.py"),
    "Ende des Stroms abgeschnitten": (end_cut_off, "Der Lauf ist nicht zu Ende"),
    "Abgebrochener Lauf als fertig": (said_to_be_finished, "nicht geprüft"),
    "Nach dem Ende etwas angehängt": (told_after_the_end, "Nach dem Ende des Laufs stehen noch Nachrichten"),
    "Lauf gelungen genannt": (called_a_success, "nennt den Lauf gelungen"),
    "Uhr zurückgestellt": (clock_set_back, "Die Uhr ist zurückgestellt worden"),
    "Uhr vorgestellt": (clock_set_forward, "Die Uhr ist verstellt worden"),
    "Virtuelle Uhr": (virtual_clock, "virtuelle Uhr"),
    "Emuliert als echt": (at_port("emulator"), "ist nach Anschluss und Kennung emuliert"),
    "Aufzeichnung als echt": (at_port("replay:spur.jsonl"), "nachgespielt (replay:spur.jsonl)"),
    "Pseudoterminal als echt": (at_port("/dev/pts/7"), "nicht als echt belegt (/dev/pts/7)"),
    "Diese Maschine als echt": (at_port("socket://127.0.0.1:9000"), "nicht als echt belegt"),
    "Diese Maschine, mit Namen": (at_port("http://LOCALHOST.:80/eSCL"), "nicht als echt belegt"),
    "Diese Maschine, IPv6": (at_port("socket://[::1]:9000"), "nicht als echt belegt"),
    "Diese Maschine, IPv4 in IPv6": (at_port("socket://[::ffff:127.0.0.1]:9000"), "nicht als echt belegt"),
    "Diese Maschine, verkürzt": (at_port("rfc2217://127.1:9000"), "nicht als echt belegt"),
    "Diese Maschine, als eine Zahl": (at_port("socket://2130706433:9000"), "nicht als echt belegt"),
    "Diese Maschine, mit Kennwort": (at_port("http://a:b@127.0.0.1:80/eSCL"), "nicht als echt belegt"),
    "Ohne Kennung als echt": (at_port(PORT, identity=""), "ohne Kennung"),
    "Emulierte Welt beigetreten": (joined_world, "ist nach Anschluss und Kennung emuliert"),
    "Anderer Anschluss im Profil": (profile_swapped, "im Profil steht „/dev/ttyUSB0“"),
    "Anderes Profil": (other_profile, "Das Profil im Paket heißt „andere“"),
    "Emuliert": (openly(Origin.EMULATED), "Präsenzsensor: emuliert."),
    "Nachgespielt": (openly(Origin.REPLAYED), "Präsenzsensor: nachgespielt."),
    "Namenlos": (openly(Origin.NAMELESS), "Präsenzsensor: ohne Kennung."),
    "Niemand hat geprüft": (nobody_tested, "Es ist niemand genannt, der geprüft hat"),
    "Ein Programm hat geantwortet": (answered_by("erledigt nach 0,0 s, Skript"), "von einem Programm: Skript"),
    "Das Telefon war dieser Rechner": (answered_by(f"erledigt nach 3,0 s, {HERE}", PLACE), "von diesem Rechner selbst"),
    "Ein Telefon, das niemand erreichen konnte": (answered_by(BY_PHONE), "keine Adresse dafür vermerkt"),
    "Ein Telefon auf dieser Maschine": (answered_by(BY_PHONE, "127.0.0.1:8443"), "wo nur dieser Rechner selbst"),
    "Ein Telefon auf dieser Maschine, anders": (answered_by(BY_PHONE, "::1"), "wo nur dieser Rechner selbst"),
    "Schneller als ein Mensch": (
        answered_by(f"erledigt nach 0,1 s, {PROGRAM}", PLACE),
        "schneller, als jemand liest und tippt",
    ),
    "Antworten entfernt": (answers_removed, "keine Antwort ist aufgehoben"),
    "Laxere Grenze in der Anforderung": (asking("hoechstens = 2", "hoechstens = 3"), "verlangt im Paket weniger"),
    "Kleinere Unsicherheit": (
        asking("unsicherheit = 0.1", "unsicherheit = 0", AT_SENSOR, unread=False),
        "verlangt im Paket weniger als hier: 2 ± 0.1 s",
    ),
    "Grenze aus der Anforderung entfernt": (
        asking(ASKED_OF[ASKED_OF.index("[anforderung.") : ASKED_OF.index("\n\n")], "", AT_SENSOR, unread=False),
        "die keine Anforderung des Szenarios setzt",
    ),
    "Anforderung weggelassen": (
        asking(ASKED_OF[ASKED_OF.rindex("[[") :], "", AT_SENSOR, unread=False),
        "Zur Anforderung K.2 gibt es keinen Text",
    ),
    "Unbekannte Klasse": (class_unknown, "Die Klasse „praesenzsensor-2019.1“ liegt nicht im Paket"),
    "Eigene Klasse": (own_class, "Die Klasse praesenzsensor-2027.1 kennt LISA hier nicht"),
    "Klasse weggelassen": (class_left_out, "Es ist keine Klasse genannt"),
    "Nur ein Teil des Laufs": (part_of_a_run, "Der Lauf war nur ein Teil"),
    "Mit Störungsplan": (plan_of_faults, "hatte einen Störungsplan"),
    "Eine Wiederholung rot": (one_repetition_red, "nicht bestanden"),
    "Fehler neben den Szenarien": (harness_fault, "Der Prozess ist abgestürzt"),
    "Gesamturteil behauptet": (claims(urteil="zertifizierbar"), "folgt das Gesamturteil nicht aus dem Strom"),
    "Urteile behauptet": (claims(szenarien=[]), "folgt die Urteile der Szenarien nicht"),
    "Mehr behauptet": (claims(siegel="amtlich"), "folgt siegel nicht aus dem Strom"),
    "Bericht ausgetauscht und unterschrieben": (drawn_otherwise(PAGE), "report.html sagt etwas anderes als der Strom"),
    "PDF ausgetauscht und unterschrieben": (drawn_otherwise(PAPER), "bericht.pdf sagt etwas anderes als der Strom"),
    "Bericht ausgetauscht": (with_entry(PAGE, b"<p>zertifizierbar"), "report.html ist verändert"),
    "Strom eines anderen Laufs": (stream_of_another_run, "messages.ndjson ist verändert"),
    "Anforderungen ausgetauscht": (with_entry(REQUIRED, b"[[anforderung]]"), f"{REQUIRED} ist verändert"),
    "Beilage dazugelegt": (extra_added, "beilagen/1-mehr.txt ist dazugekommen"),
    "Profil entfernt": (entry_removed("profil/1-kabine.toml"), "Dem Prüfpaket fehlt das Profil"),
    "Strom entfernt": (entry_removed(STREAM), "Dem Prüfpaket fehlt der Strom des Laufs"),
    "Unterschrift entfernt": (entry_removed(DECLARATION), "Dem Prüfpaket fehlt die Unterschrift"),
    "Einträge umgestellt": (order_changed, "stehen in anderer Reihenfolge"),
    "Pfad nach außen": (with_entry("../../etc/cron.d/lisa", b"*"), "gehört nicht hinein"),
    "Pfad nach außen, in einem Ordner": (with_entry("beilagen/../../x", b"*"), "gehört nicht hinein"),
    "Fremder Schlüssel": (by_a_stranger, "steht NICHT unter denen"),
    "Fremde Unterschrift, Name des Herstellers": (
        strangers_signature_under_the_vendors_name,
        "Die Unterschrift passt nicht",
    ),
    "Schlüssel des Herstellers genannt": (vendors_key_named_strangers_signature, "Die Unterschrift passt nicht"),
    "Name des Schlüssels geändert": (
        resigned(lambda one: one["signatures"][0].update(keyid="0" * 64)),
        "Die Unterschrift passt nicht",
    ),
    "Name des Schlüssels entfernt": (resigned(lambda one: one["signatures"][0].pop("keyid")), "unlesbar"),
    "Unterschrift entleert": (resigned(lambda one: one.update(signatures=[])), "unlesbar"),
    "Zweimal unterschrieben": (resigned(twice_signed), "unlesbar"),
    "Zweimal erklärt": (said_twice, "die Erklärung ist keine von LISA"),
    "Andere Art von Umschlag": (resigned(lambda one: one.update(payloadType="text/plain")), "im Umschlag liegt"),
    "Andere Schreibweise der Unterschrift": (resigned(_of_base64), "anders geschrieben"),
    "Verdichtetes Archiv": (folded, "So schreibt sie kein Archiv"),
    "Bombe": (bomb, "So schreibt sie kein Archiv"),
    "Zu viele Einträge": (many_entries, "So schreibt sie kein Archiv"),
    "Kommentar am Archiv": (commented, "mehr oder anderes als seine Einträge"),
    "Abgeschnitten": (lambda: whole()[:-1000], "beschädigt oder abgeschnitten"),
    "Zweimal aneinander": (lambda: whole() + whole(), "ist verändert"),
    "Etwas davor": (lambda: b"#!/bin/sh\n" + whole(), "ist verändert"),
    "Leer": (lambda: b"", "beschädigt oder abgeschnitten"),
}
"""What somebody does -> the bytes that he hands in, and what is said of them."""
