"""records/ on disk → (Records, Index, problems): cards as models, rows as columns, and where everything stands.

`folder` finds the files, `telling` makes models and problems of their data, `references` knows what refers to what,
`rows` and `index` keep it, `reader` goes through the files.
"""

from sitegen.records.folder import File
from sitegen.records.index import Definition, Index, Referred
from sitegen.records.reader import CARDS, Read, Records, kept_document, read, read_file
from sitegen.records.rows import Rows

__all__ = [
    "CARDS",
    "Definition",
    "File",
    "Index",
    "Read",
    "Records",
    "Referred",
    "Rows",
    "kept_document",
    "read",
    "read_file",
]
