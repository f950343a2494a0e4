"""What the citizen sees: computed from visit and case, served as a page, in German."""
