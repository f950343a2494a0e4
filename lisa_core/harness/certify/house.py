"""What this machine has itself when a bundle is checked on it: requirements, classes, feature files, program."""

from __future__ import annotations

import hashlib
from functools import cache

from lisa_core.config.classes import known_classes, load_class
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.gather import declared_here
from lisa_core.harness.report.requirements import load, shipped_folder
from lisa_core.host.data import data_dir


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
    classes = {name: load_class(name) for name in known_classes()} if folder else {}
    return House(known, digests, declared_here(), classes)
