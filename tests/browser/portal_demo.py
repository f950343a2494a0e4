"""The portal itself with its invented data, and people who walk through its pages."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect

from lisa_core.access.entrance import Access
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.sessions import SessionLimits
from lisa_core.host.clock import Clock
from lisa_core.web.asgi import listening_socket
from sojus.config.privacy_file import load_privacy
from sojus.demo import demo_directory, fill, people, rules
from sojus.portal.door import Invented
from sojus.portal.program import open_portal, serve_portal

PLACE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=PLACE)


@contextlib.asynccontextmanager
async def demonstrated(folder: Path) -> AsyncIterator[str]:
    """Its address; whoever comes may be anybody."""
    async with open_portal(folder, rules().vocabularies, demo_directory(), load_privacy(), lambda: NOW) as portal:
        await asyncio.to_thread(fill, portal.service)
        access = Access(MemoryAccess(), Clock(NOW), Hasher(), SessionLimits(), two_factors=False)
        invented = [Invented(*one) for one in people()]
        async with serve_portal(portal, listening_socket("127.0.0.1", 0), access, people=invented) as address:
            yield address


async def be(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).click()
    await expect(page.locator("#nav a").first).to_be_visible()


async def search(page: Page) -> None:
    await page.get_by_label("Welche Hilfe").select_option("heim")
    await page.get_by_label("Alter").fill("15")
    await page.get_by_label("Entfernung von").select_option(label="Prenzlau")
    await page.get_by_role("button", name="Suchen").click()
    await expect(page.locator(".hit").first).to_be_visible()


async def act(page: Page, name: str, **chosen: str) -> None:
    """What the first entry offers under this name, as it is asked for; `chosen`: what is chosen, by its label."""
    await page.locator(".entry").get_by_role("button", name=name).first.click()
    dialog = page.get_by_role("dialog")
    for label, option in chosen.items():
        await expect(dialog.get_by_label(label)).to_have_value("")
        await dialog.get_by_label(label).select_option(label=option)
    await dialog.get_by_role("button", name=name).click()
    await expect(dialog).to_have_count(0)


async def looks(page: Page) -> None:
    """At the name of the first entry."""
    await page.locator(".entry").get_by_role("button", name="Namen ansehen").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Ansehen", exact=True).click()


async def reserve(page: Page) -> None:
    """The first place of the stub, for a case that it has: nobody is chosen beforehand."""
    await page.get_by_role("button", name="Reservieren: Zimmer 1").click()
    await expect(page.get_by_label("Für welchen Fall")).to_have_value("")
    await page.get_by_label("Für welchen Fall").select_option("k7")
    await page.get_by_role("button", name="Verbindlich reservieren").click()
