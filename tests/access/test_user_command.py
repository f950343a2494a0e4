"""`lisa user` beside a running `lisa exchange`: what it says, how it ends, and that the exchange notices."""

from __future__ import annotations

import asyncio
import re
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from lisa_core.access.audit import LOGGED_IN
from lisa_core.access.entrance import Access
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.opening import open_store
from lisa_core.access.second import code_now
from lisa_core.access.sessions import SessionLimits
from lisa_core.cli.accounts.user import user
from lisa_core.desk.client import open_desk
from lisa_core.desk.log_in import dial_logged_in
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry
from tests.access.house import PASSWORD, QUICK
from tests.system.programs import LISA, started

ERIKA = ("e.muster", "--role", "agent", "--agent", "vogt")
CASES: dict[str, tuple[tuple[str, ...], str]] = {
    "a name that is none": (("add", "еrika", "--role", "auditor"), "geht als Anmeldename nicht"),
    "there already": (("add", *ERIKA), "„e.muster“ gibt es schon"),
    "no desk": (("add", "n.neu", "--role", "lead"), "Zur Rolle „Leitung“ gehört ein Arbeitsplatz"),
    "unknown desk": (
        ("add", "n.neu", "--role", "agent", "--agent", "vogd"),
        "eigenen Landkreis: --config). Meinten Sie „vogt“?",
    ),
    "a desk of somebody": (("add", "n.neu", "--role", "agent", "--agent", "vogt"), "gehört schon zum Konto „e.muster“"),
    "unknown tenant": (("add", "n.neu", "--role", "auditor", "--tenant", "landkries"), "Meinten Sie „landkreis“?"),
    "who gives rights sees no case": (
        ("add", "n.neu", "--role", "agent", "--agent", "lorenz", "--role", "administration"),
        "„Verwaltung“ und „Arbeitsplatz“ sind zwei Konten",
    ),
    "no text": (("add", "n.neu", "--role", "auditor", "--stdin"), "ist nicht als Text zu lesen"),
    "nobody": (("disable", "e.mustre"), "Meinten Sie „e.muster“?"),
    "as it is": (("enable", "e.muster"), "ist schon so"),
    "the same rights": (("role", *ERIKA), "ist schon so"),
}


PLAYED = ("exchange", "--listen", "127.0.0.1:0", "--at", "2026-11-30T10:00")
"""At another time than apps on telephones show."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("konten")
    assert said("add", *ERIKA, data=folder).exit_code == 0
    return folder


def said(*arguments: str, data: Path, typed: str | bytes = "") -> Result:
    """In this process: `tests/system` shows that commands are programs."""
    return CliRunner().invoke(user, [*arguments, "--data", str(data)], input=typed, standalone_mode=False)


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_told(case: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, told = CASES[case]
    done = said(*arguments, data=data, typed=b"\xff\n")
    assert done.return_value == 4
    assert told in done.output + capsys.readouterr().err
    data.chmod(0o755)
    shown = said("list", data=data)
    assert "Jetzt darf es nur noch der Besitzer" in shown.stderr + capsys.readouterr().err
    assert [line.split()[0] for line in shown.stdout.splitlines()] == ["e.muster"]


def test_no_account_is_made_where_nothing_lies(tmp_path: Path) -> None:
    done = said("list", data=tmp_path / "verschrieben")
    assert done.return_value == 4
    assert "liegen keine Konten" in done.output
    assert not (tmp_path / "verschrieben").exists()


def test_a_folder_that_is_new_is_told_as_it_may_be_mistyped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Dieser Ordner ist neu" in said("add", *ERIKA, data=tmp_path / "v").stderr + capsys.readouterr().err
    again = said("add", "r.revision", "--role", "auditor", data=tmp_path / "v")
    assert "ist neu" not in again.stderr + capsys.readouterr().err


def test_lists_stand_in_columns_and_in_one_zone(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "v"
    for line in (ERIKA, ("v", "--role", "administration")):
        assert said("add", *line, data=folder).exit_code == 0
    first, second = said("list", data=folder).stdout.splitlines()
    assert first.index("landkreis") == second.index("landkreis")
    with open_store(folder) as store:  # as an exchange writes it, in the zone of its Landkreis
        store.write(AccessChange(entries=(Entry("2026-06-01T10:00:00.250+02:00", "anmeldung.gelungen", "v", ""),)))
    *_, added, entered = said("log", data=folder).stdout.splitlines()
    there = datetime.fromisoformat("2026-06-01T08:00:00+00:00").astimezone()
    assert entered == f"{there.isoformat(' ')}  anmeldung.gelungen  v"
    assert "T" not in added


def test_whoever_gives_a_program_codes_is_told_that_an_app_was_there(tmp_path: Path) -> None:
    assert said("add", *ERIKA, data=tmp_path / "v").exit_code == 0
    assert "von bisher" not in said("second", "e.muster", data=tmp_path / "v").stdout
    assert "von bisher gelten nicht mehr" in said("second", "E.Muster", data=tmp_path / "v").stdout


def test_a_running_exchange_demands_what_the_command_has_made(tmp_path: Path) -> None:
    folder = str(tmp_path / "vermittlung")
    with started(tmp_path, *PLAYED, "--data", folder) as program:
        url = program.until("bereit").split()[-1]
        assert "Noch kein Konto" in program.until("Konto")
        done = said("add", *ERIKA, "--stdin", data=Path(folder), typed=f"{PASSWORD}\n")
        assert "verlangt die Vermittlung" in done.output
        with pytest.raises(LisaError, match="braucht erst Kennwort oder App"):
            asyncio.run(dial_logged_in(url, "e.muster", PASSWORD))
        given = said("second", "e.muster", data=Path(folder)).output
        secret = re.findall(r"[A-Z2-7]{32}", given)[0]
        asyncio.run(_works_until_disabled(url, folder, secret))
        log = said("log", data=Path(folder)).output
        assert re.findall(r"  (\S+)  e\.muster", log) == [
            "konto.angelegt",
            "anmeldung.gelungen",
            "zweiter.ausgegeben",
            "anmeldung.kennwort",
            "anmeldung.gelungen",
            "konto.gesperrt",
            "anmeldung.abgelehnt",
        ]
        assert not {PASSWORD, secret} & set((log + done.output).split())
        assert program.end().code == 0


def test_a_cookie_takes_nothing_of_her_share_once_the_command_has_ended_it(tmp_path: Path) -> None:
    assert said("add", *ERIKA, "--stdin", data=tmp_path / "v", typed=f"{PASSWORD}\n").exit_code == 0

    async def counted() -> str:
        return access.whose(token)

    async def enter() -> str:
        known = store.account("e.muster")
        assert known is not None
        token = access.let_in(known, LOGGED_IN).token
        assert access.whose(token) == "", "nobody has looked at it"
        access.visitor(token)
        access.note_refused("", "192.0.2.1")
        return token

    with open_store(tmp_path / "v") as store:
        access = Access(
            store, Clock(ZoneInfo("Europe/Berlin")), Hasher(QUICK), SessionLimits(look_s=0), two_factors=False
        )
        token = asyncio.run(enter())
        assert asyncio.run(counted()) == "e.muster", "what others do takes nothing from her"
        assert said("disable", "e.muster", data=tmp_path / "v").exit_code == 0
        assert asyncio.run(counted()) == ""


async def _works_until_disabled(url: str, folder: str, secret: str) -> None:
    dial = await dial_logged_in(url, "e.muster", PASSWORD, lambda: code_now(secret, int(time.time())))
    async with open_desk(AgentId("vogt"), MemoryMedia(), dial, "probe") as desk:
        disable = await asyncio.create_subprocess_exec(LISA, "user", "disable", "e.muster", "--data", folder)
        assert await disable.wait() == 0
        await desk.until(lambda at: at.refused is not None and at.refused.code == "session", "abgemeldet")
    with pytest.raises(LisaError, match="gesperrt"):
        await dial_logged_in(url, "e.muster", PASSWORD)
