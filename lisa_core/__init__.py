"""LISA: the product, everything that would also run in a real booth and a real office."""

from lisa_core import moved

moved.understand()
