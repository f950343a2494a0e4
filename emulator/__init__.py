"""The physical world around a booth and the devices in it, speaking their real protocols."""
