"""What the browser of the citizen's screen keeps of a visitor: all writable memory of all its processes.

What an agent's browser keeps, and why, is told in ADR 37.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.pages import SMALL, browsing
from tests.browser.test_visit import FRUGAL, sees
from tests.system.memory import looked_through, spelled, until_gone
from tests.system.programs import children
from tests.system.test_memory import PERSONAL, gone
from tests.system.visits import Place, answers, open_place, scribble

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.geteuid() != 0, reason="nur root liest fremden Arbeitsspeicher: nicht geprüft"),
    pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="dauert 40 s: nur mit LISA_LONG=1"),
]
SERVICE, FORM = "Wohngeld: Mietzuschuss", "Antrag auf Wohngeld (Mietzuschuss)"


def test_her_screen_goes_on_in_a_new_process_and_no_process_of_its_browser_keeps_anything_of_her(
    chromium: str, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_place(tmp_path) as place, browsing(chromium, *FRUGAL) as agents:
            desk = await agents.page(f"{place.address}/platz/brandt", SMALL)
            others = children(os.getpid())
            async with browsing(chromium) as kiosk:
                screen = await kiosk.page(f"{place.screen_address}/")
                await desk.get_by_role("button", name="Bereit").click()
                said = answers()
                await applies(place, desk, screen, said)
                canaries = {key: data for name in PERSONAL for key, data in spelled(name, said[name]).items()}
                assert looked_through(shows(others), canaries).found, "the test would see nothing"
                await desk.get_by_role("button", name="Gespräch beenden").click()
                await place.actor.leave()
                await sees(screen, "[data-scene=frei]")
                assert "//localhost:" in screen.url
                await gone(place, canaries)
                # The old process ends a moment after the new one shows the page.
                await until_gone(partial(shows, others), canaries, "the browser of her screen")

    asyncio.run(scenario())


def shows(others: set[int]) -> set[int]:
    """Every process of the browser that was started last, without Playwright's own, which drives it."""
    return {pid for pid in children(os.getpid()) - others if "chromium" in _command(pid)}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
    except OSError:  # it has just ended
        return ""


async def applies(place: Place, desk: Page, screen: Page, said: dict[str, str]) -> None:
    """From coming in to the receipt, by clicking on both pages."""
    await place.actor.enter()
    await place.actor.sit()
    await desk.get_by_role("button", name="Annehmen").click()
    await desk.get_by_label("Leistung").select_option(SERVICE)
    await desk.get_by_role("button", name=f"{FORM} öffnen").click()
    for field, value in said.items():
        entry = desk.locator(f"#field-{field}")
        if await entry.evaluate("entry => entry.tagName") == "SELECT":
            await entry.select_option(value)
        else:
            await entry.fill(value)
            await entry.press("Enter")
        await sees(screen, f"[data-field={field}][data-focus]", value)
        await screen.get_by_role("button", name="Stimmt so").click()
        await sees(desk, f"#field-{field}-state", "bestätigt")
    await desk.get_by_role("button", name="Erklärung prüfen lassen").click()
    await screen.get_by_role("button", name="Alles richtig").click()
    await desk.get_by_role("button", name="Unterschreiben lassen").click()
    await sees(screen, "#notice", "Unterschriftenpad")
    await place.actor.sign(scribble())
    await sees(screen, "#signature img")
    await desk.get_by_role("button", name="Antrag abgeben").click()
    await sees(desk, "#receipt-number")
