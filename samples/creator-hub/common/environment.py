"""Reads variables, and secrets from the files that `NAME_FILE` leads to."""

import os
from pathlib import Path


def value(name: str, fallback: str | None = None) -> str:
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    found = os.environ.get(name, fallback)
    if found is None:
        raise RuntimeError(f"{name} is not set; set it, or {name}_FILE to a file that holds it.")
    return found
