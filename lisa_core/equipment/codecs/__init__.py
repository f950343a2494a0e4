"""Bytes to messages and back, sans-IO: one file per protocol of a device."""
