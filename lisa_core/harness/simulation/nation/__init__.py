"""Many Landkreise side by side: each has its own exchange and its own seed and shares nothing with the others.

    nation = order.NationOrder(simulation, kreise=200, replications=5)
    with closing(crew.played(nation, workers=2)) as news:      # what happens, as it happens
        for one in news: ...                                   # result.Result takes what was played

`order` cuts a nation into portions: one Landkreis of one replication, with a seed derived from the whole's. `work` is
what a worker process does, portion by portion; `crew` is the other end: it hands out, collects, starts a worker anew
that has died, and leaves none behind. `result` folds what comes, in whatever order, into sums: they and the digest are
the same with one worker and with many. `capacity` says before the start whether the memory is enough.

`intervals` and `warmup` are the statistics, `report` says them in German, and `page` and `plots` draw them.
"""
