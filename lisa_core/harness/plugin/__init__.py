"""All that touches pytest. `entry` is inert in foreign projects; in a run of ours it imports `session`.

    collection   a .feature file becomes `scenario_item.ScenarioItem`s; whatever is wrong is found before anything runs
    session      refuses mistakes, sets aside what does not apply, bridges the steps
    extent       leaves out what no change can reach, and what other parts of the run have
    observer     sits where scenarios run, and builds the record of each
    recorder     sits where all are known, and keeps the record of the run; tells it by the hooks of `hookspecs`
    repetition   runs a scenario again whose measurement did not decide its limit
    workers, turns   the two sides of pytest-xdist

The record of a scenario has three ways from `observer.Observer` to `recorder.Recorder.take`:

    1. `lisa run`, and no conftest.py has hooks for running tests (`short_protocol.nobody_looks`)
         ShortProtocol: set up, run, tear down ----- the record itself ----------------> take
    2. `lisa run` with such a conftest.py, or plain pytest
         pytest's own protocol --- last report, attribute `lisa_record` --> pytest_runtest_logreport --> take
    3. a worker of pytest-xdist, which sends reports as JSON
         pytest's own protocol --- last report, attribute `lisa_messages` -> pytest_runtest_logreport --> take
                                   (Cucumber Messages of this scenario, read back by `messages_read.scenario_of`)

On the first way pytest makes no reports at all: that is what makes it quick. On the second and third a scenario that
measures is run by `repetition.Retaking` instead of pytest's own loop, with pytest's own calls.

Names of pytest, pytest-bdd and pytest-xdist that are not public, all used here or in `harness.match` and
`harness.start`:

    _pytest.fixtures.TopRequest             a request for an item that is no function
    _pytest.fixtures.call_fixture_func      runs a step that yields, and its end when the scenario is over
    _pytest.runner.call_and_report          one phase of pytest's own protocol, for `repetition.Retaking`
    _pytest._code.code.TerminalRepr         a type
    _pytest.config.ConftestImportFailure    one mistake beside others, where everything is only looked at
    _pytest.mark.expression.Expression      reads an expression of tags before pytest does, to say what is wrong in it
    Session._fixturemanager                 which step definitions a folder sees; fixtures replaced by a conftest.py
    Session._setupstate                     set up and torn down by `ShortProtocol`
    FixtureRequest._fillfixtures            what an item asks for in its setup
    Mark(..., _ispytest), TopRequest(..., _ispytest)
    Item._request, Item._fixtureinfo, Item._initrequest   where pytest looks for them in items of its own
    pytest_bdd.steps, .scenario, .utils, .compat, .parsers, .hooks   its registries, its parsers and its hooks
    xdist: node.gateway._rinfo, nodemanager.EXIT_TIMEOUT  a worker's process, and how long it is waited for

A new version may lack one: tests/gherkin/test_private_names.py holds this list against the code and the packages.
"""
