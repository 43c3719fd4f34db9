"""YAML text → a tree that also has its comments and blank lines, each beside what it is about: for writing again.

Only for text that `parse` took without a problem. A comment on a line of its own belongs to what comes after it, unless
it stands further in than that; a comment at a line's end belongs to what the line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.cyaml import CParser
from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from sitegen.yamlfile.words import meaning


@dataclass
class Node:
    """A value as it was written, and the comments that belong to it.

    `value` is that of a single value; a map has `entries` (key → node), a list `items`. `word` is how a number was
    written (`2.50`), so that it can be written so again. Of the comments (with their `#`; "" is a blank line) `head`
    is what the file begins with, `above` stands before the value's key or dash, `beside` on the same line, and `below`
    after the last entry of a map or list.
    """

    value: Any = None
    word: str = ""
    entries: dict[str, Node] | None = None
    items: list[Node] | None = None
    head: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def inside(self) -> list[Node]:
        """The values of a map or list, in order."""
        return list(self.entries.values()) if self.entries is not None else self.items or []

    def data(self) -> Any:
        """The plain data: what `parse` gives for the same text."""
        if self.entries is not None:
            return {key: node.data() for key, node in self.entries.items()}
        return [node.data() for node in self.items] if self.items is not None else self.value

    def comments(self) -> list[str]:
        """Every comment in and around it, blank lines left out."""
        own = [line for line in (*self.head, *self.above, *self.beside, *self.below) if line]
        return own + [comment for node in self.inside() for comment in node.comments()]


def nodes(text: str) -> Node:
    """The tree of a text that `parse` found nothing wrong with."""
    return _Tree(text if text.endswith("\n") else text + "\n").root


def node_of(data: Any) -> Node:
    """The tree of plain data, without comments."""
    if isinstance(data, dict):
        return Node(entries={key: node_of(value) for key, value in data.items()})
    if isinstance(data, (list, tuple)):
        return Node(items=[node_of(value) for value in data])
    return Node(value=data)


@dataclass
class _Span:
    """Where a map or list stands in the text: its column, first and last character; `flow` when in brackets."""

    node: Node
    column: int
    start: int
    end: int
    flow: bool
    outer: _Span | None


@dataclass
class _Anchor:
    """Where an entry or item begins, and the map or list it is in."""

    node: Node
    start: int
    span: _Span


_COMMENT = re.compile(r"(?:^|(?<=[ \n]))#[^\n]*")


class _Tree:
    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[_Span] = []
        self.anchors: list[_Anchor] = []
        self.words: list[tuple[int, int]] = []
        parser = CParser(text)
        events = iter(parser.get_event, None)
        for event in events:
            if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
                self.root = self._node(event, events, None)
                break
        self._attach()

    def _node(self, event: Any, events: Iterator[Any], outer: _Span | None) -> Node:
        if isinstance(event, ScalarEvent):
            return self._single(event)
        is_map = isinstance(event, MappingStartEvent)
        node = Node(entries={}) if is_map else Node(items=[])
        mark = event.start_mark
        span = _Span(node, mark.column, mark.index, 0, bool(event.flow_style), outer)
        self.spans.append(span)
        for inner in events:
            if inner.__class__.__name__ in ("MappingEndEvent", "SequenceEndEvent"):
                span.end = inner.end_mark.index
                break
            start = inner.start_mark.index
            anchor = _Anchor(node, start, span)
            self.anchors.append(anchor)
            if is_map:
                self.words.append((start, inner.end_mark.index))
                anchor.node = self._node(next(events), events, span)
                assert node.entries is not None
                node.entries[inner.value] = anchor.node
            else:
                anchor.node = self._node(inner, events, span)
                assert node.items is not None
                node.items.append(anchor.node)
        return node

    def _single(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        node = Node(event.value)
        if event.style in ("|", ">"):
            # A comment may stand beside the | itself, and empty lines after the text belong to what follows.
            header = self.text.index("\n", start)
            self.words.append((header, header + len(self.text[header:end].rstrip())))
        else:
            self.words.append((start, end))
            if not event.style:
                node.value = meaning(event.value)[0]
                node.word = "" if isinstance(node.value, str) else event.value
        return node

    def _attach(self) -> None:
        """Give each comment to the node it belongs to."""
        masked = list(self.text)
        for start, end in self.words:
            for at in range(start, end):
                masked[at] = "\n" if masked[at] == "\n" else "x"
        within = {at + 1 for start, end in self.words for at in range(start, end) if masked[at] == "\n"}
        structure = "".join(masked)
        group: list[tuple[int, str]] = []  # comments on lines of their own and blank lines, until something else
        at = 0
        for line in structure.split("\n"):
            written = self.text[at : at + len(line)]
            found = _COMMENT.search(line)
            if at in within and not line.strip():
                pass  # an empty line of a text
            elif not written.strip():
                if at < len(self.text) and not (group and group[-1][1] == ""):
                    group.append((at, ""))
            elif found and not line[: found.start()].strip():
                group.append((at + found.start(), written.strip()))
            else:
                self._own_lines(group, at)
                group = []
                if found:
                    self._line_end(at + found.start(), written[found.start() :].rstrip())
            at += len(line) + 1
        while group and group[-1][1] == "":
            group.pop()
        self._own_lines(group, len(self.text))

    def _own_lines(self, group: list[tuple[int, str]], until: int) -> None:
        """Comments on lines of their own, and the blank lines around them, before the line that begins at `until`."""
        if not group:
            return
        following = next((anchor for anchor in self.anchors if anchor.start >= until), None)
        started = [anchor for anchor in self.anchors if anchor.start < until]
        value = next((start for start, _ in self.words if start >= until), None)
        if started and value is not None and (following is None or value < following.start):
            started[-1].node.above += [line for _, line in group if line]  # between a key and its value
            return
        if self.anchors and until <= self.anchors[0].start and following is self.anchors[0]:
            # What the file begins with stays there when keys change places: all up to the last blank line.
            blank = max((at for at, (_, line) in enumerate(group) if line == ""), default=-1)
            self.root.head += [line for _, line in group[: blank + 1]]
            following.node.above += [line for _, line in group[blank + 1 :]]
            return
        for position, (start, line) in enumerate(group):
            owner = self._ended(start, following) if line else None
            if owner is None and line == "":
                # A blank line goes with the comment below it, or with what follows.
                below = next(((at, text) for at, text in group[position:] if text), None)
                owner = self._ended(below[0], following) if below else None
            if owner is not None:
                owner.below.append(line)
            elif following is not None:
                following.node.above.append(line)
            else:
                self.root.below.append(line)

    def _ended(self, start: int, following: _Anchor | None) -> Node | None:
        """The map or list that a comment is the end of; None where it belongs to what follows."""
        around = [span for span in self.spans if span.flow and span.start < start < span.end]
        if around:
            inner = around[-1]
            return None if following is not None and following.start < inner.end else inner.node
        column = start - self.text.rfind("\n", 0, start) - 1
        next_column = following.span.column if following is not None else -1
        if column <= next_column:
            return None
        before = [anchor for anchor in self.anchors if anchor.start < start]
        span = before[-1].span if before else None
        while span is not None and (span.flow or span.column > column):
            span = span.outer
        if span is None or span.column <= next_column:
            return None
        return span.node

    def _line_end(self, start: int, comment: str) -> None:
        """A comment at the end of a line: of the last entry before it that no closed bracket holds."""
        for anchor in reversed(self.anchors):
            if anchor.start >= start:
                continue
            span: _Span | None = anchor.span
            while span is not None and not (span.flow and span.end <= start):
                span = span.outer
            if span is None:
                anchor.node.beside.append(comment)
                return
        self.root.head.append(comment)
