"""Writing a driver: it meets its emulated device, without a booth around them. A vendor's first test.

The driver and the device stand beside this file, in `beispielradar/`; `pyproject.toml` makes a package of them that
`pip install` puts beside LISA, without a change in LISA.
"""

from __future__ import annotations

import asyncio

from beispielradar.driver import DRIVER, open_radar
from beispielradar.emulated import open_device

from emulator.world.live_world import HostedWorld
from lisa_core.equipment.drivers.contract import chosen

SCENES = (("enter", "kommt herein"), ("sit", "setzt sich"), ("leave", "geht hinaus"))


async def main() -> None:
    world = HostedWorld()
    options = chosen(DRIVER.options, {"reach_cm": 250})
    async with open_device(world) as binding, open_radar(binding, options) as radar:
        print(await radar.identify())
        reports = radar.reports()
        seen = await anext(reports)
        for act, what in SCENES:
            before = seen.moving_cm, seen.still_cm
            await world.act(act)
            while (seen.moving_cm, seen.still_cm) == before:
                seen = await anext(reports)
            print(f"Jemand {what}: in Bewegung {seen.moving_cm} cm, in Ruhe {seen.still_cm} cm")
        await reports.aclose()


if __name__ == "__main__":
    asyncio.run(main())
