"""The program on the booth's computer: devices, media, one visit at a time, and the citizen's screen.

Everything that happens becomes an item of one queue, and one consumer (`executor.Booth`) takes them in order: pure
machine, log, commands. What is long (a scan, a signature, a leg) is a task of the visit and comes back as an item.

    executor   the queue, its consumer and the commands       program    opens slots, pages and link around it
    sensors, device_health, actuators    devices into the queue; are they well; lamp and glass kept as wanted
    meaning    what a message means to visit and case (pure)  leg, tasks, eraser, deadline    what a visit has running
    journal    event log, its order, its restart              case       papers, form and signature at work
    screen     view and German texts of the screen            imaging    foreign pictures, in a process with limits

Others may rely on `executor.Booth`, `kit.BoothKit` (what it is made of) and `wishes.BoothWishes`. The pure parts
(`meaning`, `journal.entries`, `journal.history`, `screen.scenes`) are used by simulated booths too.
"""
