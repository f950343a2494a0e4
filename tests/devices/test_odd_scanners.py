"""What real scanners were seen to do at the end of a feeder, on an empty one, while warming up, and over TLS."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from emulator.devices.http.certificate import own_certificate
from emulator.devices.scanner import CAPABILITIES
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.codecs.xml_tree import read_xml
from lisa_core.equipment.drivers.escl import OPTIONS, open_escl
from lisa_core.equipment.lines.trust import read_fingerprint, trust_for
from lisa_core.equipment.slots.driver import Value
from tests.devices.odd_scanner import PAGE, OddScanner, changed, served, status

FEEDER, GLASS = ScanSettings(ScanSource.FEEDER, 75), ScanSettings(ScanSource.PLATEN, 75)
HASTY: Mapping[str, Value] = {"pause_s": 0.001, "timeout_s": 5.0}
EMPTY, LOADED, JAM = escl.FeederState.EMPTY, escl.FeederState.LOADED, escl.FeederState.JAM
IDLE, STOPPED, WORKING = escl.State.IDLE, escl.State.STOPPED, escl.State.PROCESSING
DONE, ABORTED, BUSY = escl.JobState.COMPLETED, escl.JobState.ABORTED, escl.JobState.PROCESSING
SCANNING = escl.FeederState.PROCESSING


async def scanned(device: OddScanner, settings: ScanSettings = FEEDER, **options: Value) -> tuple[int, str]:
    """How many pages came, and the code of the fault that ended it."""
    pages: list[ScannedPage] = []
    async with served(device) as binding, open_escl(binding, {**HASTY, **options}) as scanner:
        try:
            async for page in scanner.scan(settings):
                pages.append(page)  # noqa: PERF401 - those before the fault count
        except DeviceFault as fault:
            return len(pages), fault.code
    return len(pages), ""


CASES: Mapping[str, tuple[OddScanner, tuple[int, str]]] = {
    "404 behind the last page": (OddScanner([PAGE] * 2), (2, "")),
    "410 behind the last page": (OddScanner([PAGE] * 2, 410), (2, "")),
    "409 behind the last page, job completed": (OddScanner([PAGE] * 2, 409, after=status(job=DONE)), (2, "")),
    "409, and sheets are left": (OddScanner(end=409, after=status(feeder=LOADED)), (1, "scanner.io")),
    "410, and the scanner has aborted": (OddScanner(end=410, after=status(job=ABORTED)), (1, "scanner.io")),
    "404, and the scanner has aborted": (OddScanner(after=status(job=ABORTED)), (1, "scanner.io")),
    "404, and it stands still": (OddScanner(after=status(STOPPED, None)), (1, "scanner.io")),
    "409, and nothing is left": (OddScanner(end=409), (1, "")),
    "409, and nothing is known of the feeder": (OddScanner(end=409, after=status(feeder=None)), (1, "scanner.io")),
    "409 for a jam": (OddScanner(end=409, after=status(STOPPED, JAM)), (1, "scanner.jam")),
    "the status has no answer at the end": (OddScanner(stumbles=2), (1, "")),
    "it works on, though the job is complete": (
        OddScanner(after=status(WORKING, escl.FeederState.PROCESSING, DONE)),
        (1, ""),
    ),
    "it calls the feeder empty between two sheets, job at work": (
        OddScanner([PAGE] * 2, denied=2, after=status(WORKING, EMPTY, BUSY)),
        (2, ""),
    ),
    "the same, and the job goes on for ever": (OddScanner(after=status(WORKING, EMPTY, BUSY)), (1, "")),
    "404 while it works, for ever": (OddScanner(after=status(WORKING, LOADED)), (1, "scanner.busy")),
    "nothing in the feeder, called at work": (
        OddScanner([], before=status(IDLE, SCANNING), after=status(WORKING, SCANNING)),
        (0, "scanner.empty"),
    ),
    "called at work before the job, and a sheet comes": (
        OddScanner(before=status(IDLE, SCANNING), after=status(IDLE, SCANNING, DONE)),
        (1, ""),
    ),
    "nothing in the feeder, 409": (OddScanner([], 409, status()), (0, "scanner.empty")),
    "nothing in the feeder, 404": (OddScanner([], 404, status()), (0, "scanner.empty")),
    "nothing in the feeder, told as a jam": (OddScanner([], 409, status(), status(STOPPED, JAM)), (0, "scanner.empty")),
    "nothing in the feeder, no job": (OddScanner(before=status(), post=409), (0, "scanner.empty")),
    "it always says that the feeder is empty": (OddScanner(before=status()), (1, "")),
    "it knows no feeder state": (OddScanner(before=status(feeder=None), end=410, after=status(feeder=None)), (1, "")),
    "later for half a minute": (OddScanner(later=44), (1, "")),
    "later for ever": (OddScanner(later=999), (0, "scanner.busy")),
    "a page with padding behind it": (OddScanner([PAGE + bytes(5_000)]), (1, "")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_feeder_ends_as_it_was_seen_to(name: str) -> None:
    device, expected = CASES[name]
    assert asyncio.run(scanned(device)) == expected


def test_a_slow_first_page_is_waited_for_and_a_slow_answer_is_not() -> None:
    assert asyncio.run(scanned(OddScanner(slow_s=1.1), GLASS, timeout_s=1.0, page_s=60.0)) == (1, "")
    assert asyncio.run(scanned(OddScanner(slow_s=0.6), GLASS, timeout_s=9.0, page_s=0.1)) == (0, "scanner.io")
    defaults = {option.name: option.default for option in OPTIONS}
    assert float(defaults["page_s"] or 0) > 25, "seen: 24.6 s"
    assert float(defaults["tries"] or 0) * float(defaults["pause_s"] or 0) > 30, "half a minute"


def test_a_scanner_that_serves_one_at_a_time_is_not_missed_during_its_scan() -> None:
    async def run() -> None:
        device = OddScanner(single=True, slow_s=0.2)
        async with served(device) as binding, open_escl(binding, HASTY) as scanner:
            assert await scanner.check()
            pages = scanner.scan(GLASS)
            page = asyncio.ensure_future(anext(pages))
            await device.paging.wait()
            before = list(device.asked)
            assert await scanner.check(), "what was last known"
            assert device.asked == before
            await page
            await pages.aclose()
            assert not await scanner.check(), "asked again"

    asyncio.run(run())


def test_a_certificate_of_its_own_is_named_and_taken_once_it_is_pinned() -> None:
    expired = own_certificate("scanner", days=1)
    context, fingerprint = expired.tls, expired.fingerprint

    async def opened(address: str, **options: Value) -> None:
        async with open_escl(address, {**HASTY, **options}) as scanner:
            assert len([page async for page in scanner.scan(FEEDER)]) == 1

    async def run() -> None:
        device = OddScanner()
        async with served(device, context) as address:
            unknown = f'dem dieser Rechner nicht traut.* fingerprint = "{fingerprint}"'
            with pytest.raises(DeviceFault, match=unknown) as own:
                await opened(address)
            with pytest.raises(DeviceFault, match=f"ein anderes Zertifikat als das im Profil, SHA-256 {fingerprint}"):
                await opened(address, fingerprint="ab" * 32)
            assert not device.asked, "nothing is asked of whom nobody trusts"
            plain = address.replace("https", "http")
            with pytest.raises(DeviceFault, match=f'binding = "{address}".* fingerprint = "{fingerprint}"'):
                await opened(plain)
            spelled = ":".join(fingerprint.upper()[at : at + 2] for at in range(0, 64, 2))
            await opened(address, fingerprint=spelled)
            assert (own.value.code, own.value.retryable) == ("scanner.untrusted", False)
            async with served(OddScanner(moved=address.replace("127.0.0.1", "other.test"))) as moved:
                with pytest.raises(DeviceFault, match=f'Er verlangt https.* binding = "{address}"'):
                    await opened(moved)
        with pytest.raises(ProfileError, match="gilt nur für eine Adresse mit https"):
            await opened(plain, fingerprint=fingerprint)

    asyncio.run(run())


def test_trusted_is_what_the_system_trusts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "landkreis.pem"
    file.write_text(own_certificate("Landkreis").pem, encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert trust_for("https://scanner/eSCL").cert_store_stats()["x509"] == 1


def test_a_fingerprint_that_is_none_is_said() -> None:
    assert read_fingerprint("SHA256:" + "AB:" * 31 + "AB") == "ab" * 32
    with pytest.raises(ProfileError, match="64 Zeichen"):
        read_fingerprint("ab:cd")


ODD_DOCUMENTS: Mapping[str, bytes] = {
    "a line break before it": b"\r\n" + write_capabilities(CAPABILITIES),
    "a NUL behind it": write_capabilities(CAPABILITIES) + b"\n\0",
    "Latin-1": changed(write_capabilities(CAPABILITIES), lambda text: text.replace("LISA E", "Büro E"))
    .decode()
    .encode("latin-1"),
    "half a unit": changed(write_capabilities(CAPABILITIES), lambda text: text.replace(">2480<", ">2480.5<")),
    "less than nothing": changed(write_capabilities(CAPABILITIES), lambda text: text.replace(">16<", ">-1<")),
    "both sides only": changed(write_capabilities(CAPABILITIES), lambda text: text.replace("AdfSimplex", "AdfDuplex")),
}


@pytest.mark.parametrize("name", ODD_DOCUMENTS)
def test_an_odd_document_is_no_reason_not_to_scan(name: str) -> None:
    device = OddScanner(capabilities=ODD_DOCUMENTS[name])
    assert asyncio.run(scanned(device)) == (1, "")
    assert escl.read_request(device.posted).duplex == (name == "both sides only")
    caps = read_capabilities(ODD_DOCUMENTS[name])
    assert caps.sources[escl.Source.FEEDER].max_width == 2480


def test_a_format_is_named_as_the_scanner_names_it() -> None:
    def plain(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if "DocumentFormatExt" not in line)

    device = OddScanner(capabilities=changed(write_capabilities(CAPABILITIES), plain))
    assert asyncio.run(scanned(device)) == (1, "")
    assert "DocumentFormatExt" not in device.posted.decode()
    assert read_xml(device.posted, "ScanSettings").text_of("DocumentFormat") == "image/jpeg"
