"""What is read of kept runs, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.harness.history.brief import HistoryError, brief_of, read_brief
from lisa_core.harness.history.shelf import find, shelf, whole
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import MESSAGES, State, Verdict
from tests.history.runs import Home


@pytest.mark.parametrize("state", [State.FINISHED, State.INTERRUPTED, State.RUNNING])
def test_the_quick_way_says_what_the_whole_record_says(home: Home, state: State) -> None:
    folder = home.keep(0, state=state, A="g", B="rgg", C="u", D="n", E="h", F="a", G="nnn")
    text = (folder / MESSAGES).read_text(encoding="utf-8")
    found = read_brief(folder)
    assert found == brief_of(read(text), folder.name)
    said = {
        name: (one.verdict.value, one.passed, one.times, one.unstable) for (_, name), one in found.scenarios.items()
    }
    assert said["B"] == ("nicht bestanden", 2, 3, True)
    assert said["G"] == ("nicht geprüft", 0, 3, False)
    cut = folder.with_name("2026-11-01_09-00-00")
    cut.mkdir()
    (cut / MESSAGES).write_text(
        text[: text.index('{"testCaseStarted"') + 900], encoding="utf-8"
    )  # killed while writing
    assert read_brief(cut).state is State.RUNNING
    assert {one.verdict for one in read_brief(cut).scenarios.values()} <= {Verdict.PASSED, Verdict.NOT_CHECKED}


DAMAGED = {
    "no file": (None, "Der Lauf lässt sich nicht lesen (das gibt es nicht)"),
    "no text": (b"\xff\xfe", "Das ist kein Lauf von LISA"),
    "no text in a line": (b'{"pickle":"\xff\xfe"}\n\n', ":1: Diese Zeile ist beschädigt"),
    "nothing": (b"", "Das ist kein Lauf von LISA"),
    "of others": (b'{"meta":{"implementation":{"name":"andere"}}}\n', "Das ist kein Lauf von LISA"),
    "half a line": (
        b'{"meta":{"implementation":{"version":"0.0.7"}}}\n{"pickle":{"id"\n\n',
        ":2: Diese Zeile ist beschädigt",
    ),
    "a verdict of others": (
        (
            b'{"meta":{"implementation":{"version":"9.9"}}}\n{"attachment":{"body":"{\\"verdict\\":\\"GREEN\\"}",'
            b'"mediaType":"application/vnd.lisa.scenario+json","testCaseStartedId":"x:0"}}\n\n'
        ),
        ":2: Diese Zeile ist beschädigt oder von einer anderen Version (9.9): KeyError: 'GREEN'",
    ),
    "endlessly deep": (b'{"pickle":' + b"[" * 100_000 + b"\n\n", ":1: Diese Zeile ist beschädigt"),
    "no time of ours": (b'{"testRunStarted":{"timestamp":{"seconds":1e300}}}\n\n', ":1: Diese Zeile ist beschädigt"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_run_is_named_and_the_others_go_on(home: Home, name: str) -> None:
    home.keep(0, A="g")
    content, said = DAMAGED[name]
    folder = home.keep(1, A="r")
    (folder / MESSAGES).unlink()
    if content is not None:
        (folder / MESSAGES).write_bytes(content)
    known = shelf(home.out)
    assert [len(known.runs), len(known.notes)] == [1, 1]
    assert known.notes[0].startswith(f"out/runs/{folder.name}/{MESSAGES}:")
    assert said in known.notes[0]
    assert "löschen oder umbenennen" in known.notes[0]
    past = home.with_past(home.record(2, {"A": "r"})).past
    assert (past.notes, [change.name for change in past.changes]) == (known.notes, ["A"])
    with pytest.raises(HistoryError):
        whole(folder)


def test_a_run_is_found_by_what_people_write(home: Home) -> None:
    first, second = home.keep(0, A="g"), home.keep(61, A="g")
    assert [find(home.out, word) for word in (first.name, first.name[-8:], "latest")] == [first, first, second]
    assert find(home.out, str(first)) == first
    assert find(home.out / ".." / "out") == second.resolve()
    for word, said in (("2026", "meint mehrere Läufe"), ("2025-11-01", "gibt es in out nicht")):
        with pytest.raises(HistoryError, match=said) as caught:
            find(home.out, word)
        assert second.name in str(caught.value)
    with pytest.raises(HistoryError, match="Hier ist kein Lauf aufgehoben"):
        find(Path("leer"))
