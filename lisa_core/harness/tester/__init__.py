"""What a person beside real equipment is asked to do and to say: a panel, two ways to answer, and a guided actor.

`actor.GuidedActor` is the citizen's body (`equipment.slots.actor.Actor`) where some devices are real. An act that a
real device has to notice is put to the tester as a sentence ("Durch die Tür gehen"); the rest acts in the emulated
world. `panel.Panel` asks one thing at a time and waits for the first answer, or for the end of the time. The answer may
come from the terminal (`terminal`) or from a page on loopback (`page`); `program.open_tester` opens both.

No answer and "geht nicht" prove nothing: the scenario ends as "nicht geprüft". Every answer is kept as evidence.
"""
