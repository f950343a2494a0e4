"""A whole booth for tests in Python, without Gherkin: what the fixture `booth` gives.

    def test_...(booth: WholeBooth)                blocking.WholeBooth       booth.enter()
    async def test_...(booth: AsyncWholeBooth)     booth.AsyncWholeBooth     await booth.enter()

Both act in a `harness.scene.scene.Scene`, the world of a scenario: on emulated devices, in memory or at real equipment,
as `--lisa-profile` and `--lisa-clock` say. What people do is done by the functions behind the sentences, and `do` does
whatever a sentence says; the blocking one carries each call into the loop in which everything lives.
"""
