"""`lisa lint` and what else looks at scenarios without running them."""
