"""Finds the adapters of every module."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import modules


def adapters(kind: str) -> list[ModuleType]:
    """The files called `kind` of all modules."""
    names = sorted(module.name for module in iter_modules(modules.__path__))
    return [import_module(f"modules.{name}.{kind}") for name in names]
