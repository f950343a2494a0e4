"""What comes from outside, as values: who comes when, who is on duty, what breaks, what people mean to do."""
