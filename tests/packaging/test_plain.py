"""An installation without the extra `harness`: booth and exchange run, and what needs the extra says so."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.packaging.environments import LOCKS, add_locked, new_environment, pip
from tests.packaging.test_wheel import call

HARNESS = ("pytest", "_pytest", "pytest_bdd", "gherkin", "jinja2")


@pytest.fixture(scope="module")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with what the product needs, and the wheel."""
    found = new_environment(tmp_path_factory.mktemp("plain") / "venv")
    add_locked(found, (LOCKS / "product.lock").read_text(encoding="utf-8"), call)
    call(pip(found, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheel)), found.parent)
    call(pip(found, "check"), found.parent)
    return found


def test_booth_and_exchange_find_each_other(plain: Path, tmp_path: Path) -> None:
    absent = f"import importlib.util as u; assert not [n for n in {HARNESS!r} if u.find_spec(n)]"
    call([str(plain / "python"), "-c", absent], tmp_path)
    with started(plain, tmp_path, "exchange", "--listen", "127.0.0.1:0") as exchange:
        url = said(exchange, "Vermittlung bereit: ").rstrip("/")
        booth_words = ("booth", "--profile", str(profile(tmp_path)), "--exchange", url, "--key", "kabine.pem")
        with started(plain, tmp_path, *booth_words) as booth:
            assert said(booth, "Bürgerbüro bereit. Bildschirm: ").startswith("http://127.0.0.1:")


@pytest.mark.parametrize("command", [("run",), ("steps",), ("new", "folder", "mein")])
def test_what_needs_the_harness_says_what_to_install(plain: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    done = subprocess.run([str(plain / "lisa"), *command], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 4, done.stderr
    assert "pip install 'lisa-booth[harness]'" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_migrate_rewrites_profiles_and_says_what_features_need(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "a.feature").write_text("# language: de\n", encoding="utf-8")
    path = profile(tmp_path)
    path.write_text(f"{path.read_text(encoding='utf-8')}[deadlines]\nring_ms = 5\n", encoding="utf-8")
    done = subprocess.run(
        [str(plain / "lisa"), "migrate", "."], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "Feature-Dateien (1) blieben, wie sie sind" in done.stderr
    assert path.read_text(encoding="utf-8").endswith("[exchange]\nring_ms = 5\n")


def profile(folder: Path) -> Path:
    """A booth whose devices are all emulated but its cameras, which need an extra of their own and may come later."""
    path = folder / "kabine.toml"
    path.write_text(
        'schema = 1\n[profile]\nid = "schlicht"\nextends = "emulated"\n'
        '[slots.citizen_camera]\nbinding = "video:/dev/video98"\n'
        '[slots.document_camera]\nbinding = "video:/dev/video99"\n',
        encoding="utf-8",
    )
    return path


@contextmanager
def started(plain: Path, folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A program of its own, ended by Ctrl-C, and well."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(plain / "lisa"), *words]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.send_signal(signal.SIGINT)
            assert program.wait(60) in {0, 130}


def said(program: subprocess.Popen[str], start: str) -> str:
    """What the program says behind these words; it has ended when its output ends before."""
    assert program.stdout is not None
    for line in program.stdout:
        if line.startswith(start):
            return line.removeprefix(start).strip()
    raise AssertionError(f"{program.args} never said „{start}“")
