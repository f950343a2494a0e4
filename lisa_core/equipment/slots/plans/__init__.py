"""What is to go wrong at the devices of a booth, and when."""
