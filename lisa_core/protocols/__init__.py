"""Bytes to messages and back, one file per wire protocol. Sans-IO: no sockets, no clocks, no devices."""
