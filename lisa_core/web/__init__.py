"""Shared parts of the web pages: stylesheet, link, small modules. Every page server mounts them under /gemeinsam/."""

from __future__ import annotations

from pathlib import Path


def web_dir() -> Path:
    """The folder with lisa.css, link.js, parts.js and what they load."""
    return Path(__file__).resolve().parent / "pages"
