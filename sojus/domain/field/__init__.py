"""The vocabulary of one field of work: kinds of help, traits, genders and terms, with their German words."""
