"""LISA: the product, and in `harness` what tests it and runs in no real booth or office."""

from lisa_core import moved

moved.understand()
