"""From pages to the files of a site: stamped into shells, with search, downloads and sitemap, checked, then published.

The first language's site is the folder itself, every other one a folder in it (`en/`). Nothing here reads a clock,
the place of the folder, the time zone or the locale: the same pages and settings give the same bytes.

`settings` reads `mkdocs.yml`; `shells` has the builder, `stamping` puts pages into them; `policy` is the
Content-Security-Policy; `search` makes the index, `verify` checks the finished site, `assembly` calls them in order;
`publish` writes the files, and `inputs` says whether there is anything to do. Nothing is imported here: a build with
nothing to do loads the last two only.
"""
