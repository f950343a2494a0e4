"""Acts are kept, and several processes on one database never promise a place twice.

How it works: the truth is a log of acts (`log`, in `sqlite` or `postgres`), numbered without gaps and chained. Each
process is a `replica`: it takes in the log and decides by the same pure machine. `kept` does acts in turn, `clerk`
gathers those that come at once, brings what is due and tells what others did. `plain` and `names` are the form of all
that is kept, `tables` and `snapshots` spare a start the old part of the log. `opening` takes a folder or a URL.
"""
