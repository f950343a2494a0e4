"""Printers that speak IPP: `driver` declares and opens, `printer` prints, `talk` asks, `faults` and `identity` are what
its answers mean."""
