"""A shell in which `lisa run` begins as a copy (`tests.gherkin.copies`), for pages whose commands are typed one by one.

Every other command, and with LISA_LONG=1 this one as well, is the program that people start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.gherkin.copies import AS_COPIES, at_start, lisa_as_copy, original

ASKED, WORDS = "LISA_COPIES", "its words"
BIN = Path(sys.executable).parent
_LISA = f"""\
#!{sys.executable} -IS
import json, os, socket, sys

asked = socket.socket(fileno=int(os.environ.pop({ASKED!r})))
os.environ["PATH"] = os.environ["PATH"].partition(os.pathsep)[2]
if sys.argv[1:2] != ["run"]:
    os.execv({str(BIN / "lisa")!r}, ["lisa", *sys.argv[1:]])
told, status = os.pipe()
code = {lisa_as_copy((WORDS,))!r}.replace({repr((WORDS,))!r}, repr(sys.argv[1:]))
order = {{"code": code, "where": os.getcwd(), "environment": dict(os.environ)}}
socket.send_fds(asked, [json.dumps(order).encode()], [1, status])
os.close(status)
with open(told) as lines:
    number, ended = lines.readline(), lines.readline()
sys.exit(int(ended))
"""


def typed_in(folder: Path, command: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What comes of this command, typed in `folder`; what is said on either output is in `stdout`."""
    told, held = dict(environment), tuple[int, ...]()
    if os.environ.get("LISA_LONG") != "1" and at_start(told) == (one := original(AS_COPIES["run"])).at_start:
        path, held = f"{_beside(folder)}{os.pathsep}{told['PATH']}", (one.fileno(),)
        told |= {"PATH": path, ASKED: str(one.fileno())}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=told,
        pass_fds=held,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _beside(folder: Path) -> Path:
    """The folder with such a `lisa`, beside the one in which commands are typed."""
    found = folder.with_name(f"{folder.name}-lisa")
    if not found.exists():
        found.mkdir()
        (found / "lisa").write_text(_LISA, encoding="utf-8")
        (found / "lisa").chmod(0o755)
    return found
