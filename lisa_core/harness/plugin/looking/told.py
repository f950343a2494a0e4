"""A run that is only looked at: all is collected and checked as ever, what is wrong is kept, nothing is executed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.harness.plugin.observer import now
from lisa_core.harness.plugin.recorder import requirements_of_run
from lisa_core.harness.plugin.scenario_item import ScenarioItem
from lisa_core.harness.plugin.stash import CHOICE, FEATURES, LOOKED, NOT_APPLICABLE, PLAN, SETTINGS
from lisa_core.harness.report.environment import booth_words
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, State, Verdict
from lisa_core.harness.text.findings import Finding
from lisa_core.harness.text.language import say


class Looking:
    """Keeps what pytest itself could not collect, a conftest.py that breaks; it shows nothing."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            why = str(report.longrepr).strip().splitlines()[-1].removeprefix("E").strip()
            what = say("pytest kann das nicht einlesen: {why}", why=why)
            path = Path(self._config.rootpath, report.nodeid.partition("::")[0])
            path = path / "conftest.py" if path.is_dir() else path
            self._config.stash[LOOKED][Finding(path, 0, what, "", "conftest-defekt")] = None


def tell_looked(session: pytest.Session, findings: Iterable[Finding]) -> None:
    """All files are read: tell what is wrong with them and between them, and what would run."""
    config = session.config
    noted = config.stash[LOOKED]
    unread = [one.path for one in noted if one.path.suffix == ".feature" and one.path not in config.stash[FEATURES]]
    unread += [one.path.parent for one in noted if one.rule == "conftest-defekt"]
    noted |= dict.fromkeys(one for one in findings if not _follows(one, unread))
    slots = {item.stash[PLAN].id: item.slots for item in session.items if isinstance(item, ScenarioItem)}
    config.hook.pytest_lisa_looked(run=_planned(session), findings=tuple(sorted(noted)), slots=slots)


def _follows(finding: Finding, unread: Iterable[Path]) -> bool:
    """Whether it only follows from files and folders that could not be read: that is told, and is no second mistake."""
    if finding.rule == "datei-verschwunden":
        return any(finding.path.is_relative_to(one) for one in unread)
    covered = finding.path.parent.parent
    return finding.rule == "anforderung-ohne-szenario" and any(one.is_relative_to(covered) for one in unread)


def _planned(session: pytest.Session) -> RunRecord:
    config = session.config
    settings = config.stash[SETTINGS]
    aside = (replace(plan, verdict=Verdict.NOT_APPLICABLE) for plan in config.stash[NOT_APPLICABLE])
    scenarios: tuple[ScenarioRecord, ...] = (
        *(item.stash[PLAN] for item in session.items if PLAN in item.stash),
        *aside,
    )
    return RunRecord(
        profile=settings.profile,
        clock=settings.clock,
        seed=settings.seed,
        started=now(),
        state=State.RUNNING,
        scenarios=scenarios,
        environment=(("Kabine", booth_words(settings)),),
        requirements=requirements_of_run(config, scenarios),
        choice=config.stash.get(CHOICE, None),
    )
