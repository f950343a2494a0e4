"""What `dataclass` writes for our records is compiled once, as Python does it with modules: it lies in `__pycache__`.

For each record the standard library writes half a dozen functions as text and compiles them, anew at each start: of the
1.7 s of computing in which a booth on wire is imported 0.6 s go into 3,700 such texts. They are compiled as ever, but
what came of them is kept, by module and by what the text is: nothing that is kept can be out of date. What cannot be
read counts as missing, what cannot be written is not kept. Whoever tells Python to write no such files, or to write
them elsewhere, has told this, too.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import dataclasses
import hashlib
import marshal
import os
import sys
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

OURS = frozenset({"lisa_core", "emulator"})
MANY = 4
"""A module that keeps so many times the texts that it has now keeps only these: the others are of older forms."""
Kept = dict[str, dict[bytes, bytes]]
"""By module, and by the digest of a text: what came of it."""

_seen: dict[str, set[bytes]] = {}
_made: Kept = {}


def understand() -> None:
    """From here on `dataclass` finds what was compiled before. Called before the first record is made."""
    vars(dataclasses)["exec"] = _execute


def _execute(text: str, names: dict[str, object], into: dict[str, object]) -> None:
    """What `exec` does in `dataclasses`: `names` are those of the record's module."""
    module = str(names.get("__name__"))
    code = _compiled(module, text) if module.partition(".")[0] in OURS else text
    builtins.exec(code, names, into)  # noqa: S102 - in place of the same call there


def _compiled(module: str, text: str) -> CodeType:
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    _seen.setdefault(module, set()).add(digest)
    if (code := _kept().get(module, {}).get(digest)) is not None:
        with contextlib.suppress(ValueError, EOFError, TypeError):
            found: CodeType = marshal.loads(code)
            return found
    made = compile(text, "<string>", "exec", dont_inherit=True)
    if not _made:
        atexit.register(keep)
    _made.setdefault(module, {})[digest] = marshal.dumps(made)
    return made


def path() -> Path:
    """Where it is kept."""
    return Path(cache_from_source(__file__, optimization="records"))


@cache
def _kept() -> Kept:
    return read(path())


def read(path: Path) -> Kept:
    """What is kept there; nothing where that is missing, damaged or another Python's."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        kept = path.read_bytes()
        if kept[:8] == _seal(kept[8:]):
            found: Kept = marshal.loads(kept[8:])
            return found
    return {}


def keep() -> None:
    """Write what had to be compiled, beside what others have written meanwhile."""
    if sys.dont_write_bytecode:
        return
    import tempfile  # only whoever writes needs it

    kept, name = marshal.dumps(together(read(path()), _made, _seen)), ""
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(".pyc", dir=path().parent)  # killed, it leaves no other kind
        with os.fdopen(number, "wb") as file:
            file.write(_seal(kept) + kept)
        Path(name).chmod(0o644)
        Path(name).replace(path())
    except BaseException as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        if not isinstance(error, OSError):
            raise


def together(kept: Kept, made: Kept, seen: Mapping[str, set[bytes]]) -> Kept:
    """Both; of a module that has collected older forms only what was made or `seen` now."""
    whole = dict(kept)
    for module, codes in made.items():
        all_of_it = {**kept.get(module, {}), **codes}
        now = seen[module]
        whole[module] = (
            all_of_it
            if len(all_of_it) <= MANY * len(now)
            else {digest: code for digest, code in all_of_it.items() if digest in now}
        )
    return whole


def _seal(kept: bytes) -> bytes:
    """Half of it after a power cut is none."""
    return MAGIC_NUMBER + zlib.crc32(kept).to_bytes(4, "big")
