"""Features, profiles, Landkreise, command lines and stores of an older version: the same verdicts, values and exits."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from lisa_core.booth.program import site_of
from lisa_core.booth.wishes import load_site
from lisa_core.cli.commands import lisa
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import in_trial, load_profile
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import counts
from lisa_core.host.program import code_of
from tests.compat.frozen import BETTER, told, unpack
from tests.store.test_booth_killed import check as ends_once
from tests.store.test_booth_killed import lived
from tests.store.test_handed_in_killed import check as truth_of
from tests.system.programs import LISA

LONG = os.environ.get("LISA_LONG") == "1"
STRANGER = ("buergerwerkstatt", "--profile", "buergerwerkstatt/profil.toml")
RUNS = {
    "memory": ("features", "--profile", "hardware_profiles/emulated.toml", "--clock", "virtual"),
    "stranger": (*STRANGER, "--clock", "virtual"),
    "stranger-wire": STRANGER,
}
REFUSED = "erster-besuch.feature"
"""Its scenario names people and places of another Landkreis than its profile: a Prüffehler then, wrong input now."""
COMMANDS = told("commands")


@pytest.fixture(scope="module")
def had(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that they had."""
    return unpack(tmp_path_factory.mktemp("frozen"))


@pytest.mark.parametrize("name", [*RUNS] if LONG else ["memory", "stranger"])
def test_features_end_with_the_same_verdicts(had: Path, tmp_path: Path, name: str) -> None:
    place, *options = RUNS[name]
    expected, places = told("verdicts")[name], [place]
    if expected["cases"].pop(f"{REFUSED}::Der Bürger wird begrüßt und geht wieder", None):
        places = [str(path) for path in sorted((had / place).glob("*.feature")) if path.name != REFUSED]
    command = [LISA, "run", *places, *options, "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=had, check=False, capture_output=True, text=True)
    assert (done.returncode, verdicts(tmp_path / "junit.xml")) == (expected["code"], expected["cases"]), done.stdout


def test_what_could_never_run_is_wrong_input_by_now(had: Path, tmp_path: Path) -> None:
    command = [LISA, "run", f"{STRANGER[0]}/{REFUSED}", *STRANGER[1:], "--clock", "virtual", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=had, check=False, capture_output=True, text=True)
    assert (done.returncode, f"{REFUSED}:6: Das Bürgerbüro „Templin“ gibt es nicht." in done.stdout) == (4, True), done


def verdicts(path: Path) -> dict[str, str]:
    found = {}
    for case in ElementTree.parse(path).iter("testcase"):
        kinds = [one.get("type") or "nicht anwendbar" for one in case if one.tag in ("failure", "error", "skipped")]
        found[f"{Path(case.get('file', '')).name}::{case.get('name')}"] = kinds[0] if kinds else "bestanden"
    return found


@pytest.mark.parametrize("name", told("profiles"))
def test_profiles_say_the_same(had: Path, name: str) -> None:
    """In a run: how long the exchange rings there is no deadline of the booth any more, but the same time."""
    was, profile = told("profiles")[name], load_profile(str(had / name))
    assert (profile.id, profile.site, profile.join) == (was["id"], was["site"], was["join"])
    slots = {slot: [one.driver, one.binding, dict(one.options)] for slot, one in profile.slots.items()}
    assert {slot: slots[slot] for slot in was["slots"]} == was["slots"], "further slots may have been added"
    directory = in_trial(load_site(profile)[0], profile)
    deadlines = dataclasses.asdict(site_of(profile, directory).deadlines)
    assert {name: deadlines[name] for name in was["deadlines"]} == was["deadlines"], "there may be further ones"
    assert (directory.rules.ring_us, directory.rules.transfer_us) == tuple(
        was["deadlines"][name] for name in ("ring_us", "transfer_us")
    )


@pytest.mark.parametrize("name", told("landkreise"))
def test_landkreise_say_the_same(had: Path, name: str) -> None:
    was, (directory, zone) = told("landkreise")[name], load_directory(str(had / name))
    found: dict[str, Any] = {key: sorted(getattr(directory, key)) for key in ("sites", "offices", "services", "agents")}
    hours = {
        key: sorted(
            [day, [f"{a:%H:%M}-{b:%H:%M}" for a, b in spans]] for day, spans in directory.sites[key].hours.items()
        )
        for key in found["sites"]
    }
    found |= {"zone": str(zone), "land": directory.land, "hours": hours, "rules": dataclasses.asdict(directory.rules)}
    assert found == {key: was[key] for key in found}
    assert set(was["forms"]) <= set(directory.forms)


def test_what_was_refused_is_refused_with_the_same_sentence_or_a_better_one(had: Path, tmp_path: Path) -> None:
    wrong = told("wrong")
    landkreis = (had / "fixtures" / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")
    cases = [(load_profile, text, said) for text, said in wrong["profiles"]]
    cases += [(load_directory, landkreis.replace(old, new), said) for old, new, said in wrong["landkreise"]]
    path, missing = tmp_path / "probe.toml", []
    for load, text, said in cases:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ProfileError) as caught:
            load(str(path))
        if BETTER.get(said, said) not in str(caught.value):
            missing.append((said, str(caught.value)))
    assert not missing


@pytest.mark.parametrize("arguments", [line for line, _ in COMMANDS["parsed"]], ids=" ".join)
def test_command_lines_mean_the_same(arguments: list[str]) -> None:
    command: click.Command = lisa
    context, rest = click.Context(lisa), list(arguments)
    while isinstance(command, click.Group) and not rest[0].startswith("-"):  # `lisa booth --...` is a command, too
        _, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command = found
    found_now = {name: str(value) for name, value in command.make_context(arguments[0], rest).params.items()}
    was = next(params for line, params in COMMANDS["parsed"] if line == arguments)
    if arguments[0] == "booth":  # one address of an exchange became several
        was = {**was, "urls": str((was["url"],))}
        del was["url"]
    assert {name: found_now.get(name) for name in was} == was


def test_command_lines_end_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    for arguments, code, said in COMMANDS["lines"]:
        done = runner.invoke(lisa, arguments, standalone_mode=False, prog_name="lisa")
        output = f"{done.output}{done.exception or ''}"
        assert (code_after(done), [word for word in said if word not in output]) == (code, []), (arguments, output)


def code_after(done: Result) -> int:
    """What the program would have ended with."""
    if isinstance(done.exception, click.ClickException):
        return 4
    if isinstance(done.exception, LisaError):
        return code_of(done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.return_value if isinstance(done.return_value, int) else done.exit_code


@pytest.mark.parametrize("name", ["whole", "handed-in", "paper"])
def test_stores_go_on_where_a_kill_left_them(tmp_path: Path, name: str) -> None:
    folder = unpack(tmp_path, f"stores/{name}") / "stores" / name
    assert lived(folder, "s7") == 0
    ends_once(folder) if name == "paper" else truth_of(folder)


def test_a_report_of_then_is_read(had: Path) -> None:
    text = (had / "messages.ndjson").read_text(encoding="utf-8")
    assert "from_brief" not in text, "then it had another name"
    run = read(text)
    assert sum(counts(run).values()) == len(told("verdicts")["stranger"]["cases"])
    assert {one.id: one.from_brief for one in run.requirements}["BW.2"] is False
