"""The case as a pure machine: papers, form, signature, and the rules that say what may follow what."""
