"""The table: every edge at which something from outside is decoded, with its share of a million inputs."""

from __future__ import annotations

from tests.fuzz import (
    acceptance_edges,
    adapter_edges,
    bundle_edges,
    bus_edges,
    device_edges,
    file_edges,
    history_edges,
    link_edges,
    pad_edges,
    paper_edges,
    phone_edges,
    printer_edges,
    sheet_edges,
    sound_edges,
    store_edges,
    table_edges,
    trace_edges,
    world_edges,
)
from tests.fuzz.edge import Edge

EDGES: tuple[Edge, ...] = (
    *link_edges.EDGES,
    *device_edges.EDGES,
    *printer_edges.EDGES,
    *bus_edges.EDGES,
    *sound_edges.EDGES,
    *pad_edges.EDGES,
    *paper_edges.EDGES,
    *world_edges.EDGES,
    *phone_edges.EDGES,
    *file_edges.EDGES,
    *history_edges.EDGES,
    *store_edges.EDGES,
    *table_edges.EDGES,
    *acceptance_edges.EDGES,
    *adapter_edges.EDGES,
    *bundle_edges.EDGES,
    *trace_edges.EDGES,
    *sheet_edges.EDGES,
)
