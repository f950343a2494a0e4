"""The printer in the booth, as one that speaks IPP Everywhere (PWG 5100.14): what it says of itself, its jobs, its
operations, and the server behind the address."""
