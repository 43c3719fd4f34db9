"""Results and charts become the pages of one language: what a template holds in its hand, and how its text is made
safe.

The only room that knows jinja2. A page is one block of HTML on one line in `<div class="sg">`; everything that is not
markup is encoded by `escape` on its way out (`finalize`), whatever a template forgets.
"""

from sitegen.pages.book import Book
from sitegen.pages.escaping import aliases, cell, escape, plain, prose, slug, template_json, trusted, url
from sitegen.pages.figures import WHY, Figure
from sitegen.pages.setting import SECTIONS, Page, Setting, page_path
from sitegen.pages.tables import Row, Table

__all__ = [
    "SECTIONS",
    "WHY",
    "Book",
    "Figure",
    "Page",
    "Row",
    "Setting",
    "Table",
    "aliases",
    "cell",
    "escape",
    "page_path",
    "plain",
    "prose",
    "slug",
    "template_json",
    "trusted",
    "url",
]
