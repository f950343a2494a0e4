"""Driver for the slot `scanner`: any network scanner that speaks eSCL (AirScan/Mopria). Binding http://host:port/eSCL.

Opening reads what the scanner can do, and says at once what it can never do for a booth: it offers no page that can be
used, nobody can vouch for its certificate, or it wants to be asked over TLS. `escl_scanner` drives what was opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities
from lisa_core.equipment.drivers.escl_choice import (
    ABILITIES,
    AS_ASKED,
    BOTH_SIDES,
    COLOUR,
    MOST_DPI,
    NAMED,
    ScanWish,
    unusable,
)
from lisa_core.equipment.drivers.escl_faults import LINK_CODES
from lisa_core.equipment.drivers.escl_scanner import USUAL, EsclScanner, Patience
from lisa_core.equipment.slots.devices import Scanner
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import HTTP

if TYPE_CHECKING:
    from lisa_core.equipment.lines.http import HttpDevice

__all__ = ["DRIVER", "EsclScanner", "Patience", "connect_escl", "open_escl"]


@contextlib.asynccontextmanager
async def open_escl(binding: str, options: Given) -> AsyncIterator[EsclScanner]:
    """Open the scanner at `binding`.

    Faults as of `connect_escl`; `ProfileError` for an unknown option.
    """
    from lisa_core.equipment.lines.http import open_http  # httpx is needed where something is opened

    given = chosen(OPTIONS, options)
    patience = Patience(int(given["tries"]), float(given["pause_s"]), page_s=float(given["page_s"]))
    dpi, colour = given.get("resolution_dpi"), given.get("colour")
    wish = ScanWish(
        None if dpi is None else int(dpi),
        None if colour is None else bool(colour),
        int(given["max_dpi"]),
        bool(given["duplex"]),
    )
    timeout_s, fingerprint = float(given["timeout_s"]), str(given.get("fingerprint", ""))
    async with open_http(binding, timeout_s=timeout_s, fingerprint=fingerprint) as http:
        yield await connect_escl(http, binding, patience, wish)


async def connect_escl(
    http: HttpDevice, binding: str, patience: Patience = USUAL, wish: ScanWish = AS_ASKED
) -> EsclScanner:
    """Read what the scanner can do.

    Faults: `scanner.offline` when nobody answers, `scanner.io` when it is none, `scanner.untrusted` when its
    certificate is not known here or it wants to be asked over TLS, `scanner.unsupported` when it offers nothing that
    can be used.
    """
    try:
        reply = await http.request("GET", "ScannerCapabilities")
        capabilities = read_capabilities(reply.body if reply.status == 200 else b"")
    except DeviceFault as fault:
        if fault.code == "link.lost" and (why := await _wants_tls(http, 0)):
            raise _unopened(binding, "scanner.untrusted", why, retryable=False) from fault
        hint = ". Ist er eingeschaltet und stimmt die Adresse im Profil?" if fault.code == "link.refused" else "."
        retryable = fault.code != "link.untrusted"
        raise _unopened(binding, LINK_CODES[fault.code], f"{fault}{hint}", retryable) from fault
    except ProtocolError as error:
        if why := await _wants_tls(http, reply.https_port):
            raise _unopened(binding, "scanner.untrusted", why, retryable=False) from error
        why = f"unter dieser Adresse antwortet kein eSCL-Scanner (HTTP {reply.status})."
        raise _unopened(binding, "scanner.io", why, retryable=False) from error
    if why := unusable(capabilities, wish):
        raise _unopened(binding, "scanner.unsupported", why, retryable=False)
    return EsclScanner(http, binding, capabilities, patience, wish)


def _unopened(binding: str, code: str, why: str, retryable: bool = True) -> DeviceFault:
    return DeviceFault(code, f"Scanner {binding}: {why}", retryable=retryable)


async def _wants_tls(http: HttpDevice, moved_to: int) -> str:
    """That it is to be asked over TLS: it points there, or speaks nothing else at its port; "" otherwise."""
    if http.secure:
        return ""
    if moved_to:
        address = http.over_tls(moved_to)
        return f'Er verlangt https. In das Profil schreiben: binding = "{address}"; der nächste Start prüft es.'
    if not (seen := await http.certificate()):
        return ""
    address = http.over_tls()
    return (
        f'Dort wird https gesprochen. In das Profil schreiben: binding = "{address}"; zeigt das Menü des Geräts '
        f'denselben SHA-256-Fingerabdruck, auch: fingerprint = "{seen}".'
    )


OPTIONS = (
    Option("timeout_s", float, "so lange darf eine Anfrage dauern, in Sekunden", 10.0, least=0.01, most=3_600),
    Option(
        "page_s", float, "so lange darf eine Seite auf sich warten lassen, in Sekunden", 60.0, least=0.01, most=3_600
    ),
    Option("tries", int, "so oft wird ein Scanner gefragt, der „später“ sagt", 45, least=1, most=1_000),
    Option("pause_s", float, "Pause dazwischen, in Sekunden, wenn er keine nennt", 1.0, least=0, most=3_600),
    Option(
        "resolution_dpi",
        int,
        "so fein wird gescannt, sonst mit 150 dpi; das nächste Angebot ab da gilt",
        least=50,
        most=2_400,
    ),
    Option("max_dpi", int, "feiner wird nie gescannt", MOST_DPI, least=50, most=MOST_DPI),
    Option("colour", bool, "immer in Farbe (true) oder in Grau (false)"),
    Option("duplex", bool, "Blätter aus dem Einzug beidseitig scannen", default=False),
    Option("fingerprint", str, "SHA-256 des Zertifikats, wenn das Gerät (https) ein eigenes hat"),
)
EVIDENCE = Evidence(
    "Dokumentenscanner am Netz (eSCL, AirScan)",
    Tried.REAL,
    "Auskünfte von zwanzig echten Scannern, aus öffentlichen Quellen (fixtures/personalities/scanner)",
    (
        "Eigenheiten einzelner Modelle jenseits dessen, was unter [habits] steht",
        "ScanImageInfo: in einer einzigen Quelle gelesen",
        "wie lange ein Einzug nach einer Seite noch nicht so weit ist",
        "ScanBufferInfo gibt es hier nicht",
    ),
)
DRIVER = Driver(
    "escl",
    (Serves(Scanner),),
    HTTP,
    open_escl,
    OPTIONS,
    can=(*ABILITIES.values(), COLOUR, BOTH_SIDES, NAMED),
    evidence=EVIDENCE,
)
