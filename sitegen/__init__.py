"""Marketing as code: YAML records in git become a site that the whole company reads.

Files are read into records that know their place; records are checked alone, then together; what the audience may not
see is
taken out; what is left becomes tidy tables; each report turns tables into results, charts and a page; the pages are
stamped
into shells that the site builder rendered once. Data goes one way; docs/architecture.md names the rooms.
"""

__version__ = "0.1.0"
