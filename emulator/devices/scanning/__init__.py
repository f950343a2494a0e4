"""What the emulated scanner is made of: jobs, sheets, what real ones offer, certificate, plug, DNS-SD."""
