"""Makes a wheel for each requirement, under its name and the first version that is named: it leads to the same package of Debian's."""

import re
import sys
import zipfile
from pathlib import Path

DEBIAN = "/usr/lib/python3/dist-packages"
SCRIPTS = {"celery": "celery.__main__:main", "gunicorn": "gunicorn.app.wsgiapp:run", "uvicorn": "uvicorn.main:main", "watchfiles": "watchfiles.cli:cli"}
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(\[(?P<extras>[\w,]+)\])?\s*[=><~!]=\s*(?P<version>[\w.]+)")


def make(requirement: str, folder: Path) -> None:
    parts = REQUIREMENT.match(requirement)
    if parts is None:
        raise SystemExit(f"'{requirement}' is not understood.")
    name, version = re.sub(r"[-_.]+", "_", parts["name"]).lower(), parts["version"]
    info = f"{name}-{version}.dist-info"
    extras = "".join(f"Provides-Extra: {extra}\n" for extra in (parts["extras"] or "").split(",") if extra)
    files = {
        f"debian_{name}.pth": DEBIAN + "\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {parts['name']}\nVersion: {version}\n{extras}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if script := SCRIPTS.get(name):
        files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{name} = {script}\n"
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in files) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True)
    for line in dict.fromkeys(Path(sys.argv[1]).read_text().split("\n")):
        if line:
            make(line, target)
