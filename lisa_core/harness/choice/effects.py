"""From changed files to what they can reach: a table of the kinds of files of which it is known who reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lisa_core.booth.wishes import load_site
from lisa_core.config.directory import landkreis_file
from lisa_core.config.profile import load_profile, profile_files
from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.choice.feature_change import feature_effects
from lisa_core.harness.choice.sentence_change import sentence_effects
from lisa_core.harness.choice.step_change import step_effects
from lisa_core.harness.choice.table_change import (
    Tables,
    form_effects,
    paper_effects,
    requirement_effects,
    tables_of,
)
from lisa_core.harness.history.place import FILES, LATEST
from lisa_core.harness.report.record import MESSAGES
from lisa_core.harness.report.requirements import FOLDER
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import SUFFIX
from lisa_core.host.data import data_dir
from lisa_core.host.paths import files_below

_PROSE = (".md", ".rst")
_BESIDE = frozenset(
    {".git", ".github", ".gitlab", ".vscode", ".idea", ".gitignore", ".gitattributes", ".gitlab-ci.yml"}
    | {"__pycache__", ".pytest_cache"}  # what Python and pytest make of files that are seen themselves
)
_LEFT_BEHIND = re.compile(r"[.#]#.*|.*(~|\.sw[a-z])|4913")
"""What editors leave beside a file while they save it."""
_REPORTS = frozenset({*FILES, LATEST})
"""What other runs have written, side by side."""
_OURS = frozenset({"tests", "docs", "findings", "tools", "Makefile", "tox.ini", "LICENSE"})
"""What of our own checkout no run reads."""


_Told = tuple[Effect, ...] | None
"""What a change can reach; None: everything."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What a run reads beside its features: the files of its profile and Landkreis, models that its devices play.

    `root`: the folder below which its features and steps lie. `services`: by the name of a form those that have it.
    `aside`: files and folders that it writes, or that only say how long it takes.
    """

    root: Path
    profile: frozenset[Path]
    landkreis: frozenset[Path]
    models: frozenset[str] = frozenset()
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[Path, ...] = ()


def reads_of(root: Path, profile: str, aside: Iterable[Path] = ()) -> Reads:
    """What a run with this profile reads. Raises `LisaError` where profile or Landkreis cannot be read."""
    loaded = load_profile(profile)
    directory, _ = load_site(loaded)
    services: dict[str, tuple[str, ...]] = {}
    for service in directory.services.values():
        for form in service.forms:
            services[form] = (*services.get(form, ()), service.name)
    return Reads(
        root,
        _by_both_names(profile_files(profile)),
        _by_both_names([landkreis_file(loaded.landkreis)]),
        frozenset(one.personality for one in loaded.slots.values() if one.personality),
        services,
        tuple(path.resolve() for path in aside),
    )


def effects(changes: Sequence[ChangedFile], reads: Reads, checkout: Path) -> tuple[Effect, ...]:
    """What all of these changes can reach."""
    return told_once([one for change in changes for one in _of(change, reads, checkout)])


def told_once(found: Sequence[Effect]) -> tuple[Effect, ...]:
    """The same without repetitions: of several that reach everything the first, and how many more there are."""
    whole = list(dict.fromkeys(one.reason for one in found if one.every))
    if len(whole) > 1:
        reason = say("{reason} (weitere Gründe: {count})", reason=whole[0], count=len(whole) - 1)
        return (Effect(reason, every=True), *(one for one in found if not one.every))
    return tuple(dict.fromkeys(found))


def _by_both_names(paths: Iterable[Path]) -> frozenset[Path]:
    """As it is named, and where a link leads: either may be what has changed."""
    return frozenset(one for path in paths for one in (path.absolute(), path.resolve()))


def unseen(reads: Reads, checkout: Path) -> Iterator[Effect]:
    """A profile or Landkreis that git does not know and that has not come with this program may have changed."""
    known = (checkout, *map(data_dir, ("hardware_profiles", "fixtures")))
    for path in sorted(reads.profile | reads.landkreis):
        if not any(path.is_relative_to(place) for place in known):
            yield Effect(say("was vorher in {path} stand, weiß git nicht", path=shown(path)), every=True)


def _of(change: ChangedFile, reads: Reads, checkout: Path) -> tuple[Effect, ...]:
    if _is_aside(change.path, reads, checkout):
        return ()
    found = next((told(change, reads) for fits, told in _KINDS if fits(change.path, reads)), None)
    return _everything(change) if found is None else found


def _is_aside(path: Path, reads: Reads, checkout: Path) -> bool:
    """Whether no run reads it."""
    if any(path.is_relative_to(place) for place in reads.aside):
        return True
    within = path.is_relative_to(reads.root)
    names = path.relative_to(checkout).parts if path.is_relative_to(checkout) else ("",)
    if not within and _is_ours(checkout) and names[0] in _OURS:
        return True
    if _LEFT_BEHIND.fullmatch(path.name) or (path.name in _REPORTS and (path.parent / MESSAGES).exists()):
        return True
    prose = path.suffix in _PROSE and (not within or path.stem.isupper())  # README.md; a step may read another
    return prose or path.stem == "LICENSE" or not _BESIDE.isdisjoint(names)


def _is_ours(checkout: Path) -> bool:
    """Whether it is the one that this program runs from."""
    return Path(__file__).resolve() == checkout / "lisa_core" / "harness" / "choice" / "effects.py"


def _everything(change: ChangedFile) -> tuple[Effect, ...]:
    return (Effect(say("{path} geändert", path=shown(change.path)), every=True),)


def _python(change: ChangedFile, reads: Reads) -> tuple[Effect, ...] | None:
    packages = _packages()
    known = packages if any(change.path.is_relative_to(one) for one in packages) else ()
    folders = dict.fromkeys((reads.root, change.path.parent, *known))
    return step_effects(change, (path for one in folders for path in files_below(one) if path.suffix == ".py"))


def _packages() -> tuple[Path, ...]:
    """What may call a function of the step library."""
    ours = Path(__file__).resolve().parents[2]
    return (ours, ours.parent / "emulator")


def _table(told: Callable[[ChangedFile, Tables, Reads], _Told]) -> Callable[[ChangedFile, Reads], _Told]:
    """Of a TOML file: nothing where it still says the same, everything (None) where it cannot be read."""

    def effects_of(change: ChangedFile, reads: Reads) -> _Told:
        tables = tables_of(change)
        if tables is None:
            return None
        return () if tables[0] == tables[1] else told(change, tables, reads)

    return effects_of


def _below(*names: str) -> Callable[[Path, Reads], bool]:
    """Whether it is a TOML file in this folder of shipped data."""
    return lambda path, _: path.suffix == ".toml" and path.is_relative_to(data_dir(names[0]).joinpath(*names[1:]))


_KINDS: tuple[tuple[Callable[[Path, Reads], bool], Callable[[ChangedFile, Reads], _Told]], ...] = (
    (lambda path, _: path.suffix == ".feature", lambda change, _: feature_effects(change)),
    (lambda path, _: path.suffix == SUFFIX, lambda change, _: sentence_effects(change)),
    (lambda path, _: path.suffix == ".py", _python),
    (lambda path, reads: path in reads.profile | reads.landkreis, _table(lambda change, *_: _everything(change))),
    (_below("hardware_profiles"), lambda *_: ()),  # that of another run
    (_below("fixtures", "landkreise"), lambda *_: ()),
    (
        _below("fixtures", "personalities"),
        _table(lambda change, _, reads: _everything(change) if change.path.stem in reads.models else ()),
    ),
    (_below("fixtures", "forms"), _table(lambda change, tables, reads: form_effects(change, tables, reads.services))),
    (_below("fixtures", "documents"), _table(lambda change, *_: paper_effects(change))),
    (
        lambda path, _: path.suffix == ".toml" and path.parent.name == FOLDER,
        _table(lambda change, tables, _: requirement_effects(tables)),
    ),
)
"""Which files these are, and what a change of one can reach. A file of no kind can reach everything."""
