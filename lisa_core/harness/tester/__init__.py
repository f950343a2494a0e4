"""What a person beside real equipment is asked to do and to say: a panel, two ways to answer, and a guided actor."""
