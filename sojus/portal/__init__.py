"""SoJuS as a program that people and programs reach over HTTP: `lisa portal`.

How it works: `program` opens what is kept and serves it, `web` are pages and what they load, behind the guard and the
log-in that all programs of the house have. `door` says who asks and in whose name; `api` holds what is true of every
address, `handlers` answer, thin, over `sojus.service` and `sojus.store.persons`. `spoken` reads strictly what somebody
says, `answers` is the way back. `changes` tells open pages what happens, over `stream`. What waits for a lock or the
disk does so in threads (`working`); the loop never does. `written`: how fast an account may have things kept for ever.
"""
