"""Telling: one list of problems, written for a person, a terminal tool or a forge.

`verdict` holds the list and its words, `text` writes for people, each other module one format. A module is imported
when its format is asked for, since most runs need one.
"""
