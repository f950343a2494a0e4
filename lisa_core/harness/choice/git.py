"""What has changed since a revision: git is asked which files, and what stood in them.

The files of the working tree are compared with the revision itself, whatever lies between the two: what was saved and
not committed counts, and so does a file that git does not know yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.choice.change import ChangedFile
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say
from lisa_core.host.paths import files_below, is_folder

READ = (".feature", ".satz", ".py", ".toml")
"""Names of files that a run reads end so; where git ignores such a file, nobody knows what it was."""
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""What git sets for its hooks: it would answer for another folder than the one that is asked for."""


def checkout_of(places: Sequence[Path]) -> Path:
    """The folder of the git checkout in which all of these lie. Raises `LisaError`."""
    if shutil.which("git") is None:
        raise LisaError(say("git ist nicht installiert; ohne git weiß LISA nicht, was sich geändert hat."))
    roots = {_root(place) for place in places}
    if len(roots) > 1:
        names = ", ".join(sorted(map(str, roots)))
        what = say("Die Szenarien liegen in verschiedenen Git-Verzeichnissen ({names}).", names=names)
        raise LisaError(f"{what} {say('Nacheinander ausführen.')}")
    return roots.pop()


def changes_since(root: Path, revision: str, places: Sequence[Path]) -> tuple[ChangedFile, ...]:
    """Every file of the checkout that is not as it was in this revision, by path.

    A file in `places` that git ignores counts as one of which nobody knows what it was. Raises `LisaError` for a
    revision that there is not.
    """
    commit = _commit(root, revision)
    options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
    changed = set(_names(_git(root, "diff", *options, commit, "--")))
    new = set(_names(_git(root, "ls-files", "--others", "--exclude-standard", "-z")))
    known = {root / name for name in (*_names(_git(root, "ls-files", "-z")), *new)}
    before = _contents(root, commit, sorted(changed))
    found = [
        ChangedFile(root / name) if "\n" in name else ChangedFile(root / name, before.get(name), _now(root / name))
        for name in sorted(changed)
    ]
    found += [ChangedFile(root / name, None, _now(root / name)) for name in sorted(new - changed)]
    found += [ChangedFile(path) for path in _read_in(places) if path.is_relative_to(root) and path not in known]
    return tuple(dict.fromkeys(found))


def _root(place: Path) -> Path:
    folder = place if is_folder(place) else place.parent
    done = _ask(folder, "rev-parse", "--show-toplevel")
    if done.returncode != 0:
        what = say("{path}: Hier ist kein Git-Verzeichnis.", path=shown(place))
        raise LisaError(
            f"{what} {say('Ohne --affected ausführen, oder vorher „git init“ und einen Stand festhalten.')}"
        )
    return Path(os.fsdecode(done.stdout.rstrip(b"\n")))


def _commit(root: Path, revision: str) -> str:
    done = _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode == 0:
        return done.stdout.decode().strip()
    what = say("Den Stand „{revision}“ kennt git hier nicht.", revision=revision)
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        advice = say(
            "Der Klon ist flach: „git fetch --unshallow“, in einer CI die ganze Geschichte holen (fetch-depth: 0)."
        )
    else:
        advice = say("Nennen, was „git log“ zeigt, einen Zweig oder ein Tag; zum Beispiel --affected HEAD.")
    raise LisaError(f"{what} {advice}")


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]


def _contents(root: Path, commit: str, names: Sequence[str]) -> dict[str, bytes]:
    """What stood in these files then; those that were not there are missing, and so are names of several lines."""
    asked = [name for name in names if "\n" not in name]
    wanted = b"".join(b"%s:%s\n" % (commit.encode(), os.fsencode(name)) for name in asked)
    answer = _git(root, "cat-file", "--batch", given=wanted)
    found, at = {}, 0
    for name in asked:
        head, _, _ = answer[at:].partition(b"\n")
        at += len(head) + 1
        words = head.rsplit(b" ", 2)
        if len(words) == 3 and words[-1].isdigit():
            size = int(words[-1])
            if words[1] == b"blob":
                found[name] = answer[at : at + size]
            at += size + 1
    return found


def _now(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # gone, a folder of its own (a submodule), or not to be read: what it is nobody knows
        return None


def _read_in(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        files = files_below(place) if is_folder(place) else iter((place,))
        yield from (path for path in files if path.name.endswith(READ))


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    done = _ask(root, *words, given=given)
    if done.returncode != 0:
        why = os.fsdecode(done.stderr).strip().partition("\n")[0]
        raise LisaError(say("git sagt nicht, was sich geändert hat ({why}).", why=why))
    return done.stdout


def _ask(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    own = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    command = ["git", "-c", f"safe.directory={folder}", "-c", "core.quotepath=off", "-C", str(folder), *words]
    return subprocess.run(command, check=False, capture_output=True, input=given, env={**own, "LC_ALL": "C"})
