"""`python -m tests.long [PART ...]`: parts by name or number, all for none; --list says which there are."""

from __future__ import annotations

import argparse
import sys

from tests.long.parts import PARTS, chosen
from tests.long.run import Long, run, told


def main(words: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="make test-long", description=__doc__)
    reader.add_argument("parts", nargs="*", metavar="PART")
    reader.add_argument("--anew", action="store_true", help="forget what is done")
    reader.add_argument("--list", action="store_true", help="say only what there is, and what is done of it")
    wish = reader.parse_args(words)
    try:
        wanted = chosen(wish.parts, PARTS)
    except KeyError as error:
        reader.error(f"no part {error}; there are {', '.join(part.name for part in PARTS)}")
    if wish.list:
        for number, part in enumerate(wanted, 1):
            print(f"{number:3} {part.name:18} about {part.minutes:2} min  {part.what}")
        print(*told(Long(), wanted), sep="\n")
        return 0
    return run(Long(), wanted, anew=wish.anew)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
