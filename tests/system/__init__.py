"""Tests of the programs as a user starts them: processes of their own, joined by files, sockets and ptys alone."""
