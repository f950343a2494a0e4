"""The vocabulary of one field of work: kinds of help, traits, genders and terms, with their German words.

How it works: a file says all of it (docs/felder.md), and `sojus.config` reads it into `vocabulary.Vocabulary`.
`speech` says values in German, by the templates of the file; `values` says what is wrong with one.
No code anywhere knows a word of a field.
"""
