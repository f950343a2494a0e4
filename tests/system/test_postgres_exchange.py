"""`lisa exchange --store`: the program on a real server, killed and started again; its password is nowhere."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from lisa_core.cli.commands import lisa
from tests.store.server import PASSWORD, Server, server
from tests.system.programs import started

__all__ = ["server"]
LISTEN = ("exchange", "--listen", "127.0.0.1:0")


def test_it_goes_on_where_it_was_killed_and_tells_nobody_its_password(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.database() as name:
        monkeypatch.setenv("LISA_STORE", server.tcp_url(name, PASSWORD))
        with started(tmp_path, *LISTEN) as first:
            first.until("Vermittlung bereit")
            listed = Path(f"/proc/{first.pid}/cmdline").read_bytes()  # what ps shows
            with started(tmp_path, *LISTEN) as second:
                second.until("Diese hier wartet und übernimmt")
                first.send(signal.SIGKILL)
                first.ended()
                second.until("Vermittlung bereit")
                assert second.end().code == 0
        with server.admin(name) as db:
            rows = db.execute("select name, detail from journal order by number").fetchall()
        assert [found for found, _ in rows] == ["vermittlung.gestartet"] * 2
    told = listed.decode() + "".join((*first.lines, *second.lines)) + str(rows)
    assert not [one for one in (PASSWORD, server.tcp_url(name, PASSWORD)[:40]) if one in told]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--store", "postgresql://lisa:zwiebel@127.0.0.1/lisa"), 4, "sieht jeder"),
        (("--store", "postgresql://lisa@127.0.0.1:1/lisa"), 5, "nimmt keine Datenbank"),
        (("--store", "postgresql://lisa@127.0.0.1:1/lisa", "--data", "da"), 4, "Entweder ein Ordner oder"),
    ],
)
def test_what_is_wrong_is_said(
    arguments: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lisa.main((*LISTEN, *arguments), standalone_mode=False) == code
    said = capsys.readouterr().err
    assert told in said
    assert "zwiebel" not in said
    assert len(said.splitlines()) == 1
