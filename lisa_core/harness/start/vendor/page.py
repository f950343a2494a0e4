"""What there is to say of one driver, as a page in Markdown: written from its declaration, and from nothing else.

`docs/geraete` holds those of our own drivers; `lisa doctor --driver NAME` prints that of any that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from lisa_core.config.drivers import EMULATOR, OWN, abilities, driver, emulated_device, foreign, models_of
from lisa_core.config.toml import read_toml
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.equipment.slots.driver import Driver, Option, Tried
from lisa_core.harness.text.language import declared, say
from lisa_core.host.address import Grammar
from lisa_core.host.data import data_dir

HOST, PORT = "192.0.2.10", 4001
"""An address for documents (RFC 5737), and the port of a serial line where a device has none of its own."""
DEVICE_PATH = "/dev/serial/by-id/usb-…"
EMULATED = f'binding = "{EMULATOR}"'


def driver_page(name: str) -> str:
    """The page of this driver. Raises `ProfileError` for one that is not installed, or cannot be loaded."""
    found = driver(name)
    slots = slots_of(found)
    parts = (_head(found, slots), _binding(found, slots), _options(found), _abilities(found, slots))
    more = (_emulated(found, slots), _faults(found, slots), _evidence(found))
    return "\n".join(line for part in (*parts, *more) for line in part) + "\n"


def slots_of(found: Driver[object]) -> tuple[str, ...]:
    """The slots that it serves, in the order in which people list them."""
    return tuple(slot for slot, protocol in PROTOCOLS.items() if found.serving(protocol) is not None)


def examples(grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Each form of an address: how it begins, and one that a profile may have."""
    path = re.search(r"//[^/\s]+(/\S+)", grammar.example)
    for scheme, port in grammar.ports.items():
        own = f":{port or PORT}" if port or not grammar.path else ""
        usual = path[1] if path and grammar.path else "/1-1" if scheme in grammar.paths else ""
        inside = f"{grammar.within}:" if grammar.within else ""
        yield f"{inside}{scheme}://", f"{inside}{scheme}://{HOST}{own}{usual}"
    for kind, place in grammar.places.items():
        yield f"{kind}:", f"{kind}:{place}"
    if grammar.device:
        yield "/", DEVICE_PATH


def _head(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    theirs = foreign(found.name)
    package = say(" Aus dem Paket {package}.", package=theirs.package) if theirs else ""
    yield from (f"# {found.name}", "", f"{declared(found.evidence.about) or say('Ein Treiber')}.{package}", "")
    yield say("Für: {slots}.", slots=", ".join(f"{declared(SLOTS[slot].noun)} (`slots.{slot}`)" for slot in slots))


def _binding(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {say('Adresse')}", "")
    if found.opened is None:
        yield say("Keine: `{binding}`. Das Bürgerbüro bedient es selbst.", binding=EMULATED)
        return
    yield from _head_row(say("`binding` beginnt mit"), say("Zum Beispiel"), say("Hinter „?“"))
    for form, example in examples(found.binding):
        keys = found.binding.keys.get(form.removesuffix("://"), ())
        yield _row(f"`{form}`", f"`{example}`", ", ".join(f"`{key}`" for key in keys))
    yield from ("", say("Ein ganzes Profil; alles andere bleibt emuliert:"), "", "```toml")
    yield from _profile(found, slots)
    yield "```"


def _profile(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    """All its slots where they share a line, else the first; what has to be said is counted on."""
    forms, places = dict(examples(found.binding)), [f"{kind}:" for kind in found.binding.places]
    address, numbers = forms.get("/") or forms[places[-1] if places else next(iter(forms))], count(1)
    yield from ("[profile]", 'id = "probe"', 'extends = "emulated"')
    for slot in slots if found.shared else slots[:1]:
        yield from ("", f"[slots.{slot}]", f'driver = "{found.name}"', f'binding = "{address}"')
        needed = [one for one in found.options_for(PROTOCOLS[slot]) if one.needed]
        yield from (f"{one.name} = {next(numbers)}" for one in needed)


def _options(found: Driver[object]) -> Iterator[str]:
    rows = [("", one) for one in found.options]
    rows += [(f"{served.protocol.__name__}: ", one) for served in found.serves for one in served.options]
    yield from ("", f"## {say('Angaben im Profil')}", "")
    if not rows:
        yield say("Keine.")
        return
    yield from _head_row(say("Schlüssel"), say("Wert"), say("Vorgabe"), say("Bedeutung"))
    for whose, one in rows:
        yield _row(f"`{one.name}`", _values(one), _default(one), whose + declared(one.text))


def _values(option: Option) -> str:
    if option.words:
        return say(" oder ").join(f"`{word}`" for word in option.words)
    if option.kind is int:
        return say("ganze Zahl, {least} bis {most}", least=option.least, most=option.most)
    if option.kind is float:
        return say("Zahl, {least} bis {most}", least=option.least, most=option.most)
    return say("`true` oder `false`") if option.kind is bool else say("Text")


def _default(option: Option) -> str:
    if option.default is None:
        return say("nötig") if option.needed else "–"
    return f"`{str(option.default).lower() if option.kind is bool else option.default}`"


def _abilities(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {say('Was er kann')}", "")
    at = {word: next((slot for slot in slots if word in abilities(slot)), slots[0]) for word in found.can}
    words = ", ".join(f"`@braucht:{slot}.{word}`" for word, slot in at.items()) or say("nichts")
    yield say("Über das hinaus, was jeder kann, und was ein Szenario verlangen darf: {words}.", words=words)


def _emulated(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {say('Emuliertes Gerät')}", "")
    devices = list(dict.fromkeys(filter(None, (emulated_device(slot, found.name) for slot in slots))))
    if not devices:
        yield say("Keines.")
        return
    calls = ", ".join(f"`lisa emulate {device}`" for device in devices)
    yield say(
        "{calls} ({page}); im Profil `{binding}`.", calls=calls, page=_page(found, "emulieren.md"), binding=EMULATED
    )
    for device in devices:
        if models := models_of(device):
            yield from ("", *_head_row("`personality`", say("Woher")))
            yield from (_row(f"`{name}`", _origin(device, name)) for name in models)


def _origin(device: str, name: str) -> str:
    file = read_toml(data_dir("fixtures") / "personalities" / device / f"{name}.toml")
    origin: Mapping[str, object] = file.get("origin", {})
    place = ("repository", "issue", "document", "place", "path")
    said = [f"{'#' if key == 'issue' else ''}{origin[key]}" for key in place if key in origin]
    return ", ".join(said) or "–"


def _faults(found: Driver[object], slots: tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {say('Störungen')}", "")
    page = _page(found, "devices/faults.md")
    yield say("Was sie bedeuten, und was Bürgerin und Mitarbeiterin sehen: {page}.", page=page)
    yield from ("", *_head_row(say("Steckplatz"), say("Wenn nichts kommt"), say("Störungen dieses Steckplatzes")))
    for slot in slots:
        faults = ", ".join(f"`{fault.name}`" for fault in SLOTS[slot].faults)
        yield _row(declared(SLOTS[slot].noun), f"`{SLOTS[slot].fault}`" if SLOTS[slot].fault else "–", faults)


def _evidence(found: Driver[object]) -> Iterator[str]:
    evidence = found.evidence
    yield from ("", f"## {say('Geprüft und ungeprüft')}", "")
    if evidence.tried not in (Tried.REAL, Tried.NEEDLESS):
        yield say(
            "**Kein Mitschnitt eines echten Geräts**: Sein Codec hat nichts gelesen, was ein echtes Gerät gesagt hat."
        )
    source = f" ({declared(evidence.source)})" if evidence.source else ""
    yield say("Woran sein Codec geprüft ist: {what}.", what=declared(evidence.tried.value) + source)
    if found.name in OWN and found.opened is not None:
        page = _page(found, "devices/clients.md")
        yield say("Programme anderer, die ihn oder sein emuliertes Gerät getroffen haben: {page}.", page=page)
    if evidence.unverified:
        yield from ("", say("Von keinem echten Gerät und keinem Programm anderer bestätigt:"), "")
        yield from (f"- {declared(one)}" for one in evidence.unverified)


def _page(found: Driver[object], name: str) -> str:
    """Another page of ours, as one beside it names it; whoever reads that of a foreign driver has ours elsewhere."""
    return f"[{name.rpartition('/')[2]}](../{name})" if found.name in OWN else f"docs/{name}"


def _head_row(*cells: str) -> Iterator[str]:
    yield from (_row(*cells), f"|{'---|' * len(cells)}")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
