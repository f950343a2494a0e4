"""A whole visit over a firewall: exchange, booth and desks in three networks, TLS, keys, and a relay as the only way.

Everything that runs is what people start: `lisa user add`, `lisa exchange`, `lisa site add`, `lisa booth enrol`, `lisa
booth`, coturn, and Chromium with the desk's page. The front desk is a program, the specialist's desk is the browser.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.async_api import Page

from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.access.second import code_now
from lisa_core.access.trust import client_context
from lisa_core.booth.screen import texts
from lisa_core.cli.accounts.user import user
from lisa_core.cli.commands import lisa
from lisa_core.cli.start.enrolment import start_enrolment
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.desk.log_in import dial_logged_in
from lisa_core.domain.model.ids import AgentId, OfficeId, ServiceId
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.host.data import data_dir
from tests.access.certificates import Authority
from tests.browser.pages import SMALL, browsing, press
from tests.browser.test_visit import ANSWERS, FORM, FRUGAL, looks, sees, three_previews
from tests.nets.citizen import Citizen, looking_at
from tests.nets.namespaces import Net
from tests.nets.places import Place, living
from tests.nets.town import BOOTH, DESK, RELAY, Nets, moves
from tests.system.programs import PROFILE, Program, started
from tests.system.test_two_programs import AT, endings, entries, settled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="ein ganzer Besuch: nur mit LISA_LONG=1"),
]

LIMIT_S = 60.0
PASSWORD = "ein-fiktives-kennwort-42"
DESKS = {"b.brandt": "brandt", "v.vogt": "vogt"}
HOUSE = ("--data", "vermittlung")
DATA = ("--data", "vermittlung", *AT)
OFFICE, SERVICE = OfficeId("wohngeldstelle"), ServiceId("mietzuschuss")
MEDIA = """
[media]
turn = ["{}"]
secret_file = "{}"
relay_only = true
"""


def test_a_visit_over_a_firewall(
    nets: Nets,
    chromium: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the middle of it the booth gets another address, and then the desk."""
    monkeypatch.chdir(tmp_path)
    authority = Authority(tmp_path)
    secrets = _accounts()

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            url = await _exchange(stack, nets, tmp_path, authority)

            def code(name: str) -> str:
                """What her app shows: a log-in goes by the clock on the wall, whatever time is played."""
                return code_now(secrets[name], int(time.time()))

            _enrol(nets.booth, url, authority, capsys)
            her = await _booth(stack, nets.booth, url, tmp_path, authority)
            front = await stack.enter_async_context(
                living(nets.desk, lambda: _front(url, authority, partial(code, "b.brandt")))
            )
            desk = await stack.enter_async_context(_page(nets.desk, chromium, tmp_path, url, partial(code, "v.vogt")))
            await stack.enter_async_context(_showing(desk))
            await _comes_and_is_forwarded(her, front, desk)
            await _shows_and_scans(her, desk)
            await _all_move(stack, nets, her, desk)
            await _fills_in(her, desk)
            await _checks_signs_and_hands_in(her, desk, tmp_path)
            await _leaves(her, desk, tmp_path)

    asyncio.run(scenario())


# --- what runs --------------------------------------------------------------------------------------------------------


async def _exchange(stack: AsyncExitStack, nets: Nets, home: Path, authority: Authority) -> str:
    """In the middle, where the relay is; returns its address."""
    shipped = (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")
    table = MEDIA.format(nets.relay.url, nets.relay.secret_file)
    (home / "kreis.toml").write_text(f"{shipped}{table}", encoding="utf-8")
    certificate, private = authority.issue("kreis", (RELAY,))
    files = ("--certificate", str(certificate), "--key", str(private))
    words = ("exchange", "--config", "kreis.toml", "--listen", f"{RELAY}:0", *files, *DATA)
    program = stack.enter_context(started(home, *words, inside=nets.middle.inside()))
    return (await asyncio.to_thread(program.until, "Vermittlung bereit")).split()[-1].rstrip("/")


def _accounts() -> dict[str, str]:
    """Who may log in, with the secret of the app on her telephone; beyond loopback nobody is let in without."""
    secrets = {}
    for name, agent in DESKS.items():
        _said("add", name, "--role", "agent", "--agent", agent, *HOUSE, "--stdin", typed=f"{PASSWORD}\n")
        secrets[name] = _said("second", name, *HOUSE).partition("(Base32): ")[2].split()[0]
    return secrets


def _said(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(user, words, input=typed, standalone_mode=False)
    assert done.return_value == 0, done.output
    return done.output


def _enrol(net: Net, url: str, authority: Authority, capsys: pytest.CaptureFixture[str]) -> None:
    """At the exchange's computer a code, at the booth's a key."""
    assert lisa.main(["site", "add", "Bürgerbüro Templin", *DATA], standalone_mode=False) == 0
    code = capsys.readouterr().out.partition("Code ")[2].partition(",")[0]
    with ThreadPoolExecutor(1) as thread:
        net.start(thread, lambda: start_enrolment(url, authority.file, code, Path("k.pem"))).result()


async def _booth(stack: AsyncExitStack, net: Net, url: str, home: Path, authority: Authority) -> Citizen:
    """Its world is played here, in its network."""

    hosted = HostedWorld()

    @contextlib.asynccontextmanager
    async def world() -> AsyncIterator[EmulatedActor]:
        async with serve_world(hosted) as address:
            (home / "probe.toml").write_text(f'{PROFILE}[world]\njoin = "{address}"\n', encoding="utf-8")
            yield EmulatedActor(hosted)

    body = await stack.enter_async_context(living(net, world))
    who = ("--exchange", url, "--authority", str(authority.file), "--key", "k.pem")
    booth: Program = stack.enter_context(
        started(home, "booth", "--profile", "probe.toml", *who, "--data", "kabine", *AT, inside=net.inside())
    )
    line = await asyncio.to_thread(booth.until, "Bildschirm:")
    screen = line.rpartition("http://")[2].strip().rstrip("/")
    return Citizen(body, await stack.enter_async_context(living(net, partial(looking_at, screen))))


@contextlib.asynccontextmanager
async def _front(url: str, authority: Authority, code: Callable[[], str]) -> AsyncIterator[DeskClient]:
    door = await dial_logged_in(url, "b.brandt", PASSWORD, code, client_context(authority.file))
    async with open_desk(AgentId("brandt"), RtcMedia(addresses=()), door, "probe-brandt") as desk:
        yield desk


@contextlib.asynccontextmanager
async def _page(net: Net, chromium: str, folder: Path, url: str, code: Callable[[], str]) -> AsyncIterator[Page]:
    program = folder / "chromium"
    program.write_text(f'#!/bin/sh\nexec {" ".join(net.inside(chromium))} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    async with browsing(str(program), *FRUGAL) as opened:
        page = await opened.page(url, SMALL)
        page.set_default_timeout(LIMIT_S * 1000)
        await page.get_by_label("Name").fill("v.vogt")
        await page.get_by_label("Kennwort", exact=True).fill(PASSWORD)
        await press(page.get_by_role("button", name="Anmelden"))
        await page.get_by_label("Code", exact=True).fill(code())
        await press(page.get_by_role("button", name="Weiter"))
        await page.get_by_role("button", name="Bereit").click()
        await sees(page, "h1", "Sie sind bereit")
        yield page


# --- the visit, chapter by chapter ------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _showing(desk: Page) -> AsyncIterator[None]:
    """What goes wrong says what the desk showed by then."""
    try:
        yield
    except Exception as error:
        error.add_note(f"At the desk:\n{await desk.inner_text('main')}")
        raise


async def _comes_and_is_forwarded(her: Citizen, front: Place[DeskClient], desk: Page) -> None:
    async def answers(front: DeskClient) -> None:
        front.ready()
        await front.rings("es klingelt beim Empfang", LIMIT_S)
        front.accept()
        leg = await front.until(lambda one: one.leg, "das Gespräch steht", LIMIT_S)
        await leg.first_citizen_frame(LIMIT_S)
        leg.speak(LIMIT_S)

    await her.sees(lambda view: view["scene"] == "frei", LIMIT_S)
    await her.acts("enter")
    await her.acts("sit")
    await front.do(answers)
    await her.sees(lambda view: (view["agent"] or {}).get("name") == "Frau Brandt", LIMIT_S)

    async def forwards(front: DeskClient) -> None:
        front.choose_service(SERVICE)
        front.forward(OFFICE, SERVICE)

    await front.do(forwards)
    await desk.get_by_role("button", name="Annehmen").click()
    await looks(desk, "citizen", "moving")
    await sees(desk, "#media-state", "Bild und Ton laufen")
    await her.sees(lambda view: (view["agent"] or {}).get("name") == "Frau Vogt", LIMIT_S)


async def _shows_and_scans(her: Citizen, desk: Page) -> None:
    await her.acts("show_papers", "mietvertrag")
    await looks(desk, "document", "paper")
    await her.acts("feed_papers", "mietvertrag")
    await desk.get_by_label("Bezeichnung").press_sequentially("Mietvertrag")
    await desk.get_by_role("button", name="Unterlagen scannen").click()
    await three_previews(desk)
    await desk.get_by_role("button", name="Übernehmen: Mietvertrag").click()
    await sees(desk, "#papers .paper", "übernommen")


async def _all_move(stack: AsyncExitStack, nets: Nets, her: Citizen, desk: Page) -> None:
    """First the booth, then the desk; afterwards, for other tests, back."""
    for net, before, cable in ((nets.booth, BOOTH, "kabine"), (nets.desk, DESK, "platz")):
        after = f"{before}3"
        moves(net, before, after, cable)
        stack.callback(moves, net, after, before, cable)
        await her.sees(lambda view: view["notice"] in (texts.BROKEN, texts.UNLINKED), LIMIT_S)
        await her.sees(lambda view: not view["notice"], LIMIT_S)
        await sees(desk, "#notices", "Bild und Ton laufen wieder.")
        await sees(desk, "#media-state", "Bild und Ton laufen")
        await looks(desk, "citizen", "moving")


async def _fills_in(her: Citizen, desk: Page) -> None:
    await desk.get_by_role("button", name=f"{FORM} öffnen").click()
    await sees(desk, "#form-title", FORM)
    for name, value in ANSWERS:
        entry = desk.locator(f"#field-{name}")
        if await entry.evaluate("entry => entry.tagName") == "SELECT":
            await entry.select_option(value)
        else:
            await entry.fill(value)
            await entry.press("Enter")
        await her.touches(f"feld:{name}:", LIMIT_S)
        await sees(desk, f"#field-{name}-state", "bestätigt")


async def _checks_signs_and_hands_in(her: Citizen, desk: Page, home: Path) -> None:
    await desk.get_by_role("button", name="Erklärung prüfen lassen").click()
    for button in ("gelesen:", "erklaerung:"):
        await her.touches(button, LIMIT_S)
    await desk.get_by_role("button", name="Unterschreiben lassen").click()
    await her.sees(lambda view: view["signing"], LIMIT_S)
    await her.acts("sign", "musterfrau")
    await sees(desk, ".outcome img")
    await desk.get_by_role("button", name="Antrag abgeben").click()
    await sees(desk, "#receipt-number")
    number = await desk.locator("#receipt-number").inner_text()
    await her.sees(lambda view: (view["receipt"] or {}).get("number") == number, LIMIT_S)
    await settled(lambda: _number(home) == number, "the office has it")


def _number(home: Path) -> str:
    """Of the application that came in."""
    found = [row for row in entries(home / "vermittlung" / "exchange.sqlite") if row[0] == "antrag.eingegangen"]
    return found[0][2] if found else ""


async def _leaves(her: Citizen, desk: Page, home: Path) -> None:
    await desk.get_by_role("button", name="Gespräch beenden").click()
    await her.sees(lambda view: view["scene"] == "abschied", LIMIT_S)
    await her.acts("leave")
    await her.sees(lambda view: view["scene"] == "frei", LIMIT_S)
    log = home / "vermittlung" / "exchange.sqlite"
    await settled(lambda: endings(entries(log)), "the exchange knows how the visit ended")
    ((_, _, outcome),) = endings(entries(log))
    assert outcome == "antrag_eingereicht"
    assert not [row for row in entries(log) if row[0] == "relais.kein_weg"]
