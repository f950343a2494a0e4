"""The portal over real HTTP."""
