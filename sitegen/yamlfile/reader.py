"""A text → its document, in the quickest way that takes it: tables, plain blocks, or the parser's events."""

from __future__ import annotations

from sitegen.yamlfile.blocks import read_blocks
from sitegen.yamlfile.document import Document
from sitegen.yamlfile.tables import Columns, read_tables


def parse(text: str, file: str, *, line: int = 0, columns: Columns | None = None) -> Document:
    """The document of a text that `read` or `decode` has passed.

    Args:
        text: the text.
        file: its file.
        line: how many lines of the file stand before the text.
        columns: what to make of lists that can be read as tables; None reads them as lists.

    After a mistake in the YAML itself, nothing of the file is kept; after a duplicate key or the like, all else is.
    """
    tables = read_tables(text, columns) if columns is not None else None
    if tables is not None:
        return Document.of_tables(file, line, tables, lambda: _with_marks(text, file, line))
    return _with_marks(text, file, line)


def _with_marks(text: str, file: str, line: int) -> Document:
    plain = read_blocks(text)
    if plain is not None:
        return Document.of_blocks(file, line, *plain, text)
    from sitegen.yamlfile.events import read_events  # loads the parser, which most folders do without

    return read_events(text, file, line)
