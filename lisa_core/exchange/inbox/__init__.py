"""Applications that booths hand in: taken, checked, kept for their office, and what the office still owes.

`applications` is the door for the executor; `intake` puts parts together, verifies the seal and gives the number;
`large` does that in a thread; `owed` reminds the desks of copies that go by post; `stock` compares inbox and log.
"""
