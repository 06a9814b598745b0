"""Tells which of the declared packages nothing imports, in the image that has them: a line of JSON each.

The folder of the code is the argument. The input is JSON: the files that declare packages by their names, further code that runs in
the image, and the words of the commands that are run in it.
"""

import ast
import importlib.metadata
import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")
SKIPPED = {"node_modules", "__pycache__", "site-packages", "dist-packages"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(file: str, text: str) -> list[str]:
    lines = tomllib.loads(text).get("project", {}).get("dependencies", []) if file.endswith(".toml") else text.splitlines()
    return [found[1] for line in lines if not line.lstrip().startswith(("#", "-")) and (found := NAME.match(line))]


def modules(package: str) -> list[str]:
    """What can be imported of a package, by what is installed; its own name where it is not."""
    own = [module for module, packages in importlib.metadata.packages_distributions().items() if normal(package) in map(normal, packages)]
    return own or [normal(package).replace("-", "_")]


def named(code: str) -> Iterator[str]:
    """What a text of Python imports, and the texts in it that may name a module."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.]+", node.value):
            yield node.value


def sources(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        inner = path.relative_to(folder).parts[:-1]
        if not any(part in SKIPPED or part.startswith(".") or part in ("venv", "env") for part in inner):
            yield path.read_text(errors="replace")


def importer(module: str, others: Iterable[str]) -> str | None:
    """Which of these modules imports this one: a driver that a framework loads for whoever asks for it."""
    line = re.compile(rf"^\s*(?:import|from)\s+{re.escape(module)}\b", re.MULTILINE)
    for other in others:
        found = importlib.util.find_spec(other)
        for folder in (found.submodule_search_locations or []) if found else []:
            if any(line.search(path.read_text(errors="replace")) for path in Path(folder).rglob("*.py")):
                return other
    return None


def main() -> None:
    given = json.load(sys.stdin)
    used = {name.split(".")[0] for code in [*sources(Path(sys.argv[1])), *given["code"]] for name in named(code)}
    used |= {word for text in given["words"] for word in re.findall(r"\w+", text)}
    packages = [(file, package, modules(package)) for file, text in given["files"].items() for package in declared(file, text)]
    loaded = sorted({module for _, _, own in packages for module in own if module in used})
    for file, package, own in packages:
        if used.isdisjoint(own) and not any(importer(module, loaded) for module in own):
            print(json.dumps({"file": file, "package": package}))
    print(json.dumps({"looked": len(packages)}))


main()
