"""Papers and forms of one visit: filled in together, signed, sealed, handed in, erased. All this is the booth's."""
