"""What this machine has itself when a bundle is checked on it: requirements, classes, feature files, program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from lisa_core.config.classes import CertificationClass, known_classes, load_class
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.gather import declared_here
from lisa_core.harness.report.requirements import load, shipped_folder
from lisa_core.host.data import data_dir


class _Shipped(Mapping[str, CertificationClass]):
    """The classes that come with this program, each read when somebody asks for it: a bundle names one or two."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def __getitem__(self, name: str) -> CertificationClass:
        if name not in self._names:
            raise KeyError(name)
        return load_class(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def house() -> House:
    """All of it, read once."""
    folder = shipped_folder()
    known = load([folder]).known if folder else {}
    try:
        features = sorted(data_dir("features").rglob("*.feature"))
    except LisaError:
        features = []  # an installation without the shipped data knows none of them
    digests = frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in features)
    classes = _Shipped(known_classes() if folder else ())
    return House(known, digests, declared_here(), classes)
