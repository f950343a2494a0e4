"""A template is compiled once, as Python does it with modules: what came of it lies in `__pycache__` beside it.

Whoever tells Python to write no such files, or to write them elsewhere, has told this, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import tempfile
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


class BesideTheTemplate(BytecodeCache):
    """What cannot be read, is damaged or was made otherwise counts as missing; what cannot be written is not kept.

    `compiled_by`: the module whose environment says how templates are compiled; when it changes nothing kept counts.
    """

    def __init__(self, compiled_by: str) -> None:
        self._made_by = hashlib.sha256(f"{jinja2.__version__}\n".encode() + Path(compiled_by).read_bytes()).digest()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where it lies."""
        return cache_from_source(filename or name, optimization=re.sub(r"\W", "", f"jinja{jinja2.__version__}"))

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            kept = Path(bucket.key).read_bytes()
            if kept[:32] == self._seal(kept[32:]):
                bucket.bytecode_from_string(kept[32:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        made, name = bucket.bytecode_to_string(), ""
        try:
            Path(bucket.key).parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(".pyc", dir=Path(bucket.key).parent)  # killed, it leaves no other kind
            with os.fdopen(number, "wb") as file:
                file.write(self._seal(made) + made)
            Path(name).chmod(0o644)
            Path(name).replace(bucket.key)
        except BaseException as error:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            if not isinstance(error, OSError):
                raise

    def _seal(self, made: bytes) -> bytes:
        """Half of it after a power cut, and what a disk made of it, is none."""
        return hashlib.sha256(self._made_by + made).digest()
