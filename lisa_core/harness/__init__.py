"""What tests booths and exchanges, and nothing that runs in one: scenarios, simulation, rig, tester."""
