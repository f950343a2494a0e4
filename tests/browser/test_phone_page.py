"""The tester's page on a phone, in a real Chromium: the code, what is asked, the answer, and all that goes wrong."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from lisa_core.harness.tester.panel import HERE, Kind, Panel, Reply
from lisa_core.harness.tester.phone import pairing, person, standing
from lisa_core.harness.tester.phone.opened import open_phone
from lisa_core.harness.tester.phone.place import ListenPlace
from lisa_core.harness.tester.progress import HowFar, RunProgress
from lisa_core.harness.text.language import speaking
from tests.browser.pages import PHONE, Browsers, findings
from tests.browser.scenes import jpeg

pytestmark = pytest.mark.browser

LONG = os.environ.get("LISA_LONG") == "1"
UNDER_WAY = HowFar("Wer eintritt, wird alsbald gemeldet", "Wenn die Bürgerin das Bürgerbüro betritt", 2, 40, 1)


def code_in(said: Sequence[str]) -> str:
    """The newest code at the terminal."""
    codes: list[str] = re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", "\n".join(said))
    return codes[-1]


async def pair(page: Page, said: Sequence[str], button: str = "Verbinden") -> None:
    await page.locator("#code").fill(code_in(said).lower())
    await page.get_by_role("button", name=button).click()


def running() -> tuple[Panel, RunProgress, list[str]]:
    progress = RunProgress()
    progress.now = UNDER_WAY
    return Panel(600), progress, []


def test_a_phone_goes_through_a_run(browsers: Browsers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAIT_S", "ALL_WAIT_S"):
        monkeypatch.setattr(pairing, name, 0.0)
    monkeypatch.setattr(person, "TYPED_S", 0.0)  # a test types faster than anybody
    monkeypatch.setattr(standing, "HOLD_S", 1.0)
    photo = tmp_path / "tuer.jpg"
    photo.write_bytes(jpeg(1))

    async def run() -> None:
        panel, progress, said = running()
        async with browsers.browsing() as opened:
            async with open_phone(panel, ListenPlace("127.0.0.1"), progress, tmp_path / "fotos", said.append) as desk:
                page = await opened.page(f"https://{desk.at}", PHONE)
                opened.complaints.clear()
                await page.locator("#code").fill("AAAA-AAAA")
                await page.get_by_role("button", name="Verbinden").click()
                await expect(page.get_by_role("alert").first).to_contain_text("Dieser Code ist es nicht")
                await pair(page, said)
                await expect(page.get_by_text("Szenario 3 von 40")).to_be_visible()
                await expect(page.get_by_text("Gerade ist nichts zu tun.")).to_be_visible()

                asked = asyncio.create_task(panel.ask(Kind.ACT, "Die Tür öffnen.", (), "open_door"))
                await expect(page.get_by_role("heading", name="Die Tür öffnen.")).to_be_visible()
                await expect(page.locator("#drawing svg path")).not_to_have_count(0)
                await page.context.set_offline(True)
                await expect(page.locator("#note")).to_contain_text("Keine Verbindung")
                await page.context.set_offline(False)
                await expect(page.locator("#link")).to_have_text("verbunden")
                await page.get_by_role("button", name="Erledigt").click()
                assert ((answer := await asked).reply, answer.way) == (Reply.DONE, HERE)

                asked = asyncio.create_task(panel.ask(Kind.QUESTION, "Sind die Seiten zu lesen?", [jpeg(1)]))
                picture = page.get_by_role("img", name="Bild 1")
                await expect(picture).to_have_attribute("src", re.compile("^blob:"))  # fetched with the key
                assert await picture.evaluate("async (img) => (await img.decode(), img.naturalWidth)") == 636
                assert panel.asked
                panel.answer(panel.asked.number, Reply.YES, way="Terminal")
                await expect(page.locator("#said")).to_contain_text("am Terminal beantwortet")
                await asked

                asked = asyncio.create_task(panel.ask(Kind.NUMBER, "Breite der Tür (cm)"))
                await page.get_by_label("Abgelesene Zahl").fill("breit")
                await page.get_by_role("button", name="Abschicken").click()
                await expect(page.locator("#wrong")).to_contain_text("Hier fehlt die Zahl")
                await page.get_by_label("Abgelesene Zahl").fill("91,5")
                await page.get_by_role("button", name="Abschicken").click()
                await expect(page.locator("#wrong")).to_contain_text("Hier fehlt das Foto")
                await page.get_by_label("Foto").set_input_files(photo)
                assert await findings(page, target=44, base=12) == []
                await page.get_by_role("button", name="Abschicken").click()
                number, _, name = (await asked).reason.partition(" ")
                assert number == "91,5"
                assert (tmp_path / "fotos" / name).read_bytes().startswith(b"\xff\xd8\xff")

                second = await opened.page(f"https://{desk.at}", PHONE)
                await second.locator("#code").fill("AAAA-AAAA")
                await second.get_by_role("button", name="Verbinden").click()
                await expect(second.get_by_role("alert").first).to_contain_text("Ein anderes Telefon ist verbunden")
                await page.get_by_role("button", name="Mit einem anderen Telefon weitermachen").click()
                await expect(page.locator("#code")).to_be_visible()
                await pair(second, said)
                await expect(second.get_by_text("Gerade ist nichts zu tun.")).to_be_visible()
                await second.reload()
                await expect(second.get_by_text("Gerade ist nichts zu tun.")).to_be_visible()
            await expect(second.locator("#note")).to_contain_text("Die Prüfung ist zu Ende")
            opened.complaints[:] = [one for one in opened.complaints if "Failed to load resource" not in one]

    browsers.run(run())


@pytest.mark.skipif(not LONG, reason="nur mit LISA_LONG=1: jede Ansicht in beiden Farben und Sprachen")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_view_is_legible(browsers: Browsers, tmp_path: Path, scheme: str, language: str) -> None:
    async def seen(page: Page) -> list[str]:
        return [one for one in await findings(page, target=44, base=12) if one != "language"]

    async def run() -> None:
        panel, progress, said = running()
        async with (
            open_phone(panel, ListenPlace("127.0.0.1"), progress, tmp_path / "fotos", said.append) as desk,
            browsers.browsing() as opened,
        ):
            page = await opened.page(f"https://{desk.at}", PHONE)
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert await seen(page) == []
            assert await page.locator("html").get_attribute("lang") == language
            await pair(page, said, {"de": "Verbinden", "en": "Connect"}[language])
            await expect(page.locator("#work")).to_be_visible()
            assert await seen(page) == []
            for kind in Kind:
                asked = asyncio.create_task(panel.ask(kind, "X", [jpeg(1)]))
                await expect(page.locator("#form")).to_be_visible()
                await expect(page.locator("#replies button[aria-disabled]")).to_have_count(0)
                assert await seen(page) == []
                assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
                assert panel.asked
                panel.answer(panel.asked.number, Reply.CANNOT, way="Terminal")
                await asked
                await expect(page.locator("#form")).to_be_hidden()

    with speaking(language):
        browsers.run(run())
