"""Runs that are kept: where each lies, what is read of it, and what follows for the next one.

    place        out/runs/<local time>/ for each run, out/latest and the short paths that lead to the newest
    brief        what a history needs of one run, read quickly from its messages; `shelf`: of all that are kept
    series       one scenario over them: its row of verdicts, whether it is unstable, how long it usually takes
    compare      what has changed; `known`: which faults are known; `past`: all of that as a value of the new run
    still_open   what `lisa run --failed` runs; `table`, `gate`: what `lisa history`, `compare` and `gate` say

The messages of a run are all there is: no index beside them. What cannot be read is named, and the rest goes on.
"""
