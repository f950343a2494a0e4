"""What lies in front of cameras and scanners, and what a pen writes."""
