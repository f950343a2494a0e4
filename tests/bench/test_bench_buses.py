"""The benchmark of radars and Modbus gives figures."""

from __future__ import annotations

import os

import pytest

from tests.bench.bench_buses import as_client, as_unit, decoding, over_a_line


@pytest.mark.bench
def test_figures_come_out() -> None:
    assert decoding(20, 1).ratio > 0
    assert as_client(5, 1).ratio > 0
    assert as_unit(5, 1).ratio > 0


@pytest.mark.bench
@pytest.mark.long
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="starts a program of its own: make test-long")
def test_figures_come_out_of_a_line() -> None:
    assert over_a_line(3, 1).ratio > 0
