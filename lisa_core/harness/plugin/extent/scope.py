"""Which requirements a run knows, and which of their folders it covers as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from lisa_core.harness.plugin.stash import (
    COVERED,
    ELSEWHERE,
    LINES,
    LOOKED,
    NOT_APPLICABLE,
    PLAN,
    REQUIREMENTS,
    SETTINGS,
)
from lisa_core.harness.report.requirement import Requirement
from lisa_core.harness.report.requirements import (
    Catalogue,
    folders_above,
    given_twice,
    load,
    shipped_folder,
    unshown,
)
from lisa_core.harness.start.own_limits import own_limit_mistakes, whose_limit
from lisa_core.harness.text.findings import FeatureError, Finding
from lisa_core.harness.text.tags import requirements_of

_LOADED = pytest.StashKey[dict[tuple[Path, ...], Catalogue]]()


def known_requirements(config: pytest.Config, feature: Path) -> dict[str, tuple[str, ...]] | None:
    """What a tag of this file may name: the requirements of the folders beside and above it, and ours.

    By the id of each, the names of its parts. Where one of their files cannot be read, no tag is to blame: raises
    `FeatureError`, or returns None where everything is only looked at.
    """
    shipped = shipped_folder()
    folders = (*([shipped] if shipped else []), *reversed(folders_above([feature], config.rootpath)))
    loaded = config.stash.setdefault(_LOADED, {})
    key = tuple(dict.fromkeys(folders))
    if key not in loaded:
        loaded[key] = load(key)
        known = loaded[key].known
        if profile := config.stash[SETTINGS].demanding:
            known = {name: one.tightened(profile.limits, whose_limit(profile)) for name, one in known.items()}
        config.stash[REQUIREMENTS].update(known)
    if loaded[key].findings and LOOKED in config.stash:
        return None  # `wrong_requirements` tells them, once for all
    if loaded[key].findings:
        raise FeatureError(list(loaded[key].findings))
    return {one.id: one.names[1:] for one in loaded[key].known.values()}


def wrong_requirements(session: pytest.Session) -> Iterator[Finding]:
    """What is wrong in the files of requirements, and what does not fit between them and the scenarios."""
    config = session.config
    found = {finding for catalogue in config.stash.get(_LOADED, {}).values() for finding in catalogue.findings}
    yield from found
    yield from _given_twice(catalogue for catalogue in config.stash.get(_LOADED, {}).values())
    config.stash[COVERED] = covered = tuple(_covered(config))
    here = (item.stash[PLAN] for item in session.items if PLAN in item.stash)
    plans = [*here, *config.stash[NOT_APPLICABLE], *config.stash[ELSEWHERE]]
    named = frozenset(name for plan in plans for name in requirements_of(plan.tags))
    own = [one for one in config.stash[REQUIREMENTS].values() if one.path.parent in covered]
    yield from unshown(own, named)
    yield from _laxer(config)


def _laxer(config: pytest.Config) -> Iterator[Finding]:
    """Limits of the profile that demand less than a requirement, or of what nobody measures."""
    profile = config.stash[SETTINGS].demanding
    known = [one for catalogue in config.stash.get(_LOADED, {}).values() for one in catalogue.known.values()]
    for one in own_limit_mistakes(profile, known) if profile and known else ():
        yield Finding(one.path, one.line or 0, one.text, "")


def _given_twice(catalogues: Iterable[Catalogue]) -> Iterator[Finding]:
    """The same id in folders that no feature sees together: two limits for one name would be mixed up in one run."""
    first: dict[str, Requirement] = {}
    for catalogue in catalogues:
        for one in catalogue.known.values():
            if (other := first.setdefault(one.id, one)).path != one.path and (twice := given_twice(one, other)):
                yield twice


def _covered(config: pytest.Config) -> Iterator[Path]:
    """The folders whose features are all in this run."""
    if any(map(config.getoption, ("keyword", "markexpr", "deselect", "--lisa-effects"))):
        return
    arguments = [Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args]
    for folder in {one.path.parent for one in config.stash[REQUIREMENTS].values()}:
        whole = folder.parent.resolve()
        in_part = any(path.is_relative_to(whole) for path in config.stash[LINES])
        if not in_part and any(whole.is_relative_to(argument) for argument in arguments):
            yield folder
