"""The records of the format's own page, as the models take them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sitegen import yamlfile
from sitegen.models import KINDS, Kind
from sitegen.models.fields import Context

EXAMPLE = Path(__file__).parents[1] / "cases/ok/example"


def kind_of(path: str) -> Kind:
    """The kind of record that a file is."""
    for kind in KINDS:
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(kind.pattern)), path):
            return kind
    raise LookupError(path)


def written() -> dict[str, Any]:
    """File → its plain data."""
    files = {}
    for path in sorted(EXAMPLE.rglob("*.yml")):
        name = path.relative_to(EXAMPLE).as_posix()
        document = yamlfile.parse(path.read_text("utf-8"), name)
        assert document.problems == []
        files[name] = document.data
    return files


@pytest.fixture(scope="session")
def example() -> dict[str, Any]:
    """File → its record."""
    files = written()
    context = Context.from_written(files["organisation.yml"])
    return {name: kind_of(name).model.model_validate(data, context=context) for name, data in files.items()}
