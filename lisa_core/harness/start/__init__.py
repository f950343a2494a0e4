"""How a run begins: `run.run(order)` is `lisa run`, `folder` writes what `lisa new folder` gives.

`run` checks what was ordered, then calls `pytest.main` in this process with our plugin and with nothing of the folder's
own pytest configuration: no ini file, no `PYTEST_ADDOPTS`, no other plugins. What the plugin needs to know travels in
hidden options (`plugin.entry`). The result is a `report.record.ExitCode`.

`look.look(order)` does the same and stops before anything runs: what is wrong (`lisa lint`), what would run (`plan`),
which sentences are used (`catalogue`).
"""
