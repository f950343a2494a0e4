"""libmodbus, the C library that mbpoll and much else stands on, as others call it: by its functions, without a wrapper.

Source: its manual pages modbus_new_tcp(3), modbus_new_rtu(3), modbus_read_bits(3), modbus_mapping_new(3) and
modbus_reply(3). A context is an address here; every function answers -1 where it fails.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

SO = "libmodbus.so.5"
LONGEST = 260
_BYTE = ctypes.POINTER(ctypes.c_uint8)


class _Mapping(ctypes.Structure):
    """What a unit holds: how many of each kind and from which address, then where they lie."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("bits", "first_bit", "inputs", "first_input")),
        *((name, ctypes.c_int) for name in ("words_in", "first_word_in", "words", "first_word")),
        ("tab_bits", _BYTE),
        ("tab_inputs", _BYTE),
    )


@cache
def library() -> Any:
    """The library. Raises `OSError` where it is not installed."""
    found = ctypes.CDLL(SO, use_errno=True)
    found.modbus_new_tcp.restype = found.modbus_new_rtu.restype = ctypes.c_void_p
    found.modbus_mapping_new.restype = ctypes.POINTER(_Mapping)
    found.modbus_strerror.restype = ctypes.c_char_p
    return found


@contextlib.contextmanager
def context(where: int | str) -> Iterator[ctypes.c_void_p]:
    """A context for a port of this machine, or for a line of 9600 8N1; unit 1, five seconds of patience."""
    lib = library()
    made = (
        lib.modbus_new_tcp(b"127.0.0.1", where)
        if isinstance(where, int)
        else lib.modbus_new_rtu(where.encode(), 9600, ctypes.c_char(b"N"), 8, 1)
    )
    found = ctypes.c_void_p(made)
    lib.modbus_set_slave(found, 1)
    lib.modbus_set_response_timeout(found, 5, 0)
    try:
        yield found
    finally:
        lib.modbus_close(found)
        lib.modbus_free(found)


def talk(where: int | str) -> tuple[list[int], list[int], int, str]:
    """Inputs, outputs after switching 0 and 3 on, register 0x8000, and what an address is called that is not there."""
    lib = library()
    bits, word = (ctypes.c_uint8 * 8)(), (ctypes.c_uint16 * 1)()
    with context(where) as unit:
        assert lib.modbus_connect(unit) == 0
        assert lib.modbus_read_input_bits(unit, 0, 8, bits) == 8
        inputs = list(bits)
        assert lib.modbus_write_bit(unit, 0, 1) == 1
        assert lib.modbus_write_bits(unit, 1, 3, (ctypes.c_uint8 * 3)(0, 0, 1)) == 3
        assert lib.modbus_read_bits(unit, 0, 8, bits) == 8
        assert lib.modbus_read_registers(unit, 0x8000, 1, word) == 1
        coils = list(bits)
        assert lib.modbus_read_bits(unit, 7, 2, bits) == -1
        refused: bytes = lib.modbus_strerror(ctypes.get_errno())
    return inputs, coils, word[0], refused.decode()


def serve(where: int | str, ready: threading.Event, ended: threading.Event) -> list[int]:
    """Be a unit of eight inputs, the first is 1, and eight outputs; returns how these stand at the end.

    On a network for one client, until it goes; on a line until `ended`.
    """
    lib, query = library(), (ctypes.c_uint8 * LONGEST)()
    held = lib.modbus_mapping_new(8, 8, 0, 0)
    held.contents.tab_inputs[0] = 1
    with context(where) as unit:
        if isinstance(where, int):
            listening = ctypes.c_int(lib.modbus_tcp_listen(unit, 1))
            ready.set()
            lib.modbus_tcp_accept(unit, ctypes.byref(listening))
        else:
            lib.modbus_set_indication_timeout(unit, 0, 50_000)
            assert lib.modbus_connect(unit) == 0
            ready.set()
        while not ended.is_set():
            got = lib.modbus_receive(unit, query)
            if got > 0:
                lib.modbus_reply(unit, query, got, held)
            elif got < 0 and isinstance(where, int):
                break
    coils = [int(held.contents.tab_bits[at]) for at in range(8)]
    lib.modbus_mapping_free(held)
    return coils
