"""Which key speaks for which booth.

`book` is the list of them as a value, and every change of it as a pure function: a code is made, a key is entered with
it, a key is revoked. `kept` keeps the book in one file that the exchange and `lisa site` open side by side.
`possession` is what a booth signs to prove that it has its key, and the check of that. `texts` has the sentences.
"""
