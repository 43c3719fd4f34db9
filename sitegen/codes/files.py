"""Codes of the file, of YAML, and of mkdocs.yml."""

from __future__ import annotations

from sitegen.codes.code import QUOTE_IS_A_LETTER, Code, error, warning

TO_ITS_WEEK = "move lines %(lines)s to %(week_file)s: their days lie in that week"

FILES: dict[str, Code] = {
    "not-a-file": error("this is no ordinary file", "records are plain files; put a copy here instead of a link"),
    "too-large": error("the file is larger than 1 MB", "split it into smaller files"),
    "not-utf-8": error("the file is not UTF-8 text", "save it with the encoding UTF-8"),
    "utf-16": error("the file is UTF-16 text", "save it with the encoding UTF-8"),
    "hidden-character": error("the character %(name)s cannot be seen, and may hide something", "delete it"),
    "tab": error("a tab stands here", "write spaces instead of tabs"),
    "merge-conflict": error(
        "two versions of the file meet here (a merge conflict)", "choose one version and delete the marker lines"
    ),
    "unknown-file": error(
        "no kind of record has the file '%(file)s'",
        "did you mean '%(nearest)s'?",
        "move it to the folder of its kind, or delete it",
    ),
    "other-kind": error(
        "this looks like a record that belongs elsewhere: its keys are those of a file such as %(wanted)s",
        "move the file to %(repair)s",
    ),
    "bad-file-name": error(
        "the file should have a name like %(wanted)s",
        "rename it to '%(repair)s'",
        "rename the folder to '%(folder)s'",
        "rename the file",
    ),
    "differs-by-case": error(
        "the name differs only by capital letters from another",
        "give it another name: on Windows and a Mac both would be one file",
    ),
    "reserved-name": error("Windows can have no file called '%(id)s'", "choose another id, such as '%(repair)s'"),
    "no-organisation": error(
        "organisation.yml is missing",
        "every folder of records has one: name, country, currency, languages, departments",
    ),
}

YAML: dict[str, Code] = {
    "yaml-syntax": error(
        "this cannot be read",
        "look for a missing colon, quote or bracket, or a line that is indented too much or too little",
    ),
    "colon-in-text": error("a text with a colon and a space needs quotes", QUOTE_IS_A_LETTER, "write %(repair)s"),
    "needs-quotes": error("a text that begins with %(character)s needs quotes", "write %(repair)s"),
    "open-quote": error("the quote that begins here never ends", QUOTE_IS_A_LETTER, "write the closing quote"),
    "open-bracket": error(
        "the bracket that opens here is not closed, or a comma is missing in it",
        "close the bracket, and put commas between its parts",
    ),
    "text-after-quote": error(
        "the text goes on after the closing quote or bracket",
        "write the whole text in quotes: %(repair)s",
        "put a space before the comment",
    ),
    "no-space": error("a space is missing after '%(character)s'", "write %(repair)s"),
    "code-fence": error("``` marks code in Markdown, and a record is none", "delete the line"),
    "no-colon": error(
        "a key without a colon",
        "write %(repair)s",
        "write `key: value`, or begin the line further in if it goes on with the text above",
    ),
    "no-braces": error("keys and values on one line stand between { and }", "write %(repair)s"),
    "no-comma": error("a comma is missing before '%(key)s'", "write %(repair)s"),
    "extra-bracket": error("this bracket closes nothing", "delete the bracket"),
    "wrong-bullet": error("an entry begins with a hyphen, not with %(character)s", "write %(repair)s"),
    "hard-space": error(
        "this looks like a space, and is another character (a hard space)", "delete it, and write a space"
    ),
    "indentation": error(
        "this line is indented differently from the lines it belongs with",
        "write `%(repair)s`, with as many spaces before it",
        "spaces that should stand before it: %(spaces)s",
        "begin it below the line above",
    ),
    "bad-escape": error(
        "a backslash in double quotes begins something unknown", "write single quotes, or two backslashes"
    ),
    "duplicate-key": error(
        "the key '%(key)s' stands here twice",
        TO_ITS_WEEK,
        "move the entries of lines %(lines)s into the list that begins on line %(first)s, and delete this line",
        "write `%(repair)s` where a new entry begins, or keep one of the two",
        "keep one of the two",
    ),
    "anchor": error(
        "a text that begins with & needs quotes (anchors are not used here)", "write %(repair)s", "write it in quotes"
    ),
    "alias": error(
        "a text that begins with * needs quotes (aliases are not used here)", "write %(repair)s", "write it in quotes"
    ),
    "tag": error("a text that begins with ! needs quotes (tags are not used here)", "write it in quotes"),
    "directive": error(
        "this line is an instruction to YAML, and none is used here",
        "delete the line; a text that begins with a percent sign needs quotes",
    ),
    "too-many-mistakes": error(
        "the file has more than %(most)s mistakes, and the rest is not told", "mend those above, and check again"
    ),
    "open-front": error(
        "the keys before the text of the template have no end", "write `---` on a line of its own after the last key"
    ),
    "several-documents": error(
        "the file holds more than one document",
        TO_ITS_WEEK,
        "move the entries of lines %(lines)s into the lists above, and delete the line '---'",
        "keep one, and delete the line '---' before the next",
    ),
    "key-not-text": error("a key must be a word", "write `key: value`"),
    "too-deep": error("more than 20 levels stand inside each other", "records are at most a few levels deep"),
    "too-many": error("the file holds more than 50,000 values", "split it into smaller files"),
    "text-too-long": error("the text is longer than %(most)s characters", "shorten it"),
    "not-a-number": error(
        "'%(written)s' is not a number", "a decimal number such as 1.5 (hours also 1h30m); in quotes it is text"
    ),
    "number-too-long": error(
        "a number with more than 15 digits cannot be kept exactly", 'quote it if it is not a number: "%(written)s"'
    ),
    "thousands-point": warning(
        "'%(written)s' is read as %(read)s: a point is the decimal sign", "write %(repair)s if that is meant"
    ),
    "cut-off": warning('text after " #" is a comment and was cut off', "quote it: %(repair)s"),
    "empty-file": error("the file is empty", "write the record, or delete the file"),
}

SETTINGS: dict[str, Code] = {
    "unknown-setting": error(
        "'%(key)s' is no setting of the site",
        "did you mean '%(nearest)s'?",
        "delete it: nothing else is read from mkdocs.yml",
    ),
    "bad-setting": error("the setting '%(key)s' cannot be this", "write it like this: %(example)s"),
}
