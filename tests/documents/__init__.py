"""Papers and forms: the machine of the case, the vault, what is printed, sealed and handed in."""
