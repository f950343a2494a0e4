"""One end of the bad network: a TUN device in a network namespace. What is sent there is read here."""

from __future__ import annotations

import ctypes
import fcntl
import os
import struct
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lisa_core.domain.model.errors import MachineError

T = TypeVar("T")
DEVICE = "/dev/net/tun"
NAME = "netz"
MTU = 1_500
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x4004_54CA, 0x0001, 0x1000
_CLONE_NEWNET = 0x4000_0000


def open_end(namespace: str, address: str) -> int:
    """The descriptor of a new device in this namespace, with this address (and its mask). It is gone with it.

    Raises `MachineError` for a namespace that cannot be entered and a device that cannot be made.
    """

    def opened() -> int:
        handle = os.open(DEVICE, os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(handle, _TUNSETIFF, struct.pack("16sH22x", NAME.encode(), _IFF_TUN | _IFF_NO_PI))
        for words in (("address", "add", address, "dev", NAME), ("link", "set", NAME, "mtu", str(MTU), "up")):
            subprocess.run(("ip", *words), check=True, capture_output=True)
        return handle

    try:
        return _inside(namespace, opened)
    except OSError as error:
        raise MachineError(f"{namespace}: Hier entsteht kein Netz ({error}).") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise MachineError(f"{namespace}: Die Adresse {address} geht hier nicht ({said}).") from error


def _inside(namespace: str, act: Callable[[], T]) -> T:
    """Do it in a thread that has entered the namespace."""

    def entered() -> T:
        libc = ctypes.CDLL(None, use_errno=True)
        handle = os.open(namespace, os.O_RDONLY)
        try:
            if libc.setns(handle, _CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        finally:
            os.close(handle)
        return act()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(entered).result()
