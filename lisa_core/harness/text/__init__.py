"""What is written in a feature file, and what is wrong with it; the sentences of the harness in both languages."""
