"""SoJuS: finds the right free place or help in seconds, and never promises it twice.

How it works: `domain` is the core, pure as the three machines of LISA are: values in, values out, no clock, no file.
`config` reads what people write (the vocabulary of a field of work) into its values.
`store` keeps acts, so that several processes decide as one.
"""
