"""The key that a command signs with: one that there is, or one that it makes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def signing_key(key: Path | None, new_key: Path | None, out: Path) -> Iterator[Path]:
    """The key to sign with. A new one goes again where nothing was begun with it, so that the same command works."""
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.certify.dsse import write_new_key
    from lisa_core.harness.certify.make import NAME
    from lisa_core.harness.certify.walk.session import FILE

    if (key is None) == (new_key is None):
        told = "Es fehlt der Schlüssel" if key is None else "Das sind zwei Schlüssel"
        raise LisaError(f"{told}: --key schluessel.pem, oder --new-key schluessel.pem, wenn es noch keinen gibt.")
    if new_key is None:
        yield key or Path()
        return
    begun = [place for place in (out / FILE, out / NAME) if not place.exists()]
    public = write_new_key(new_key)
    try:
        yield new_key
    finally:
        if not any(place.exists() for place in begun):
            for one in (new_key, public):
                one.unlink(missing_ok=True)
