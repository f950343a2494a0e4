"""Which of the scenarios of a run are run, and why: those that a change can touch, or one part of all of them.

    git.changes_since --> change.ChangedFile (a file before and after)
    effects.effects   --> change.Effect (what a changed file can reach, with its reason) --> plugin.extent.choosing
    shard.split       --> which part of a run each scenario belongs to, by `durations`; merging.merged: the way back

What a file can reach is known for a few kinds of them: features scenario by scenario (`feature_change`), functions
behind sentences (`step_change`), sentences made of others (`sentence_change`), forms, papers and requirements
(`table_change`), the profile, the Landkreis and the models of the run. Every other file that has changed can reach
everything: in doubt a scenario is run.
"""
