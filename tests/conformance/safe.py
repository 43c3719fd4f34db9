"""What a `reduce` may be made of, so that every engine gives the same (docs/adding-a-report.md): read from its source.

Joins on equal keys, concat, group-bys with sums, least, greatest and counts, choices, and windows with an order; whole
numbers, texts and days. No division, no rounding, no mean, no float; a number says its type.
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any

import narwhals as nw

FUNCTIONS = {"col", "lit", "len", "concat", "when", "coalesce", "all"}
"""Of Narwhals itself."""
METHODS = {
    "select", "filter", "with_columns", "rename", "drop", "join", "group_by", "agg", "unique",
    "sum", "min", "max", "len", "n_unique", "then", "otherwise", "fill_null", "is_null", "is_in", "is_between",
    "shift", "cum_sum", "over", "rank", "alias", "cast",
}  # fmt: skip
"""Of frames and columns."""
PYTHON = {"append", "pop", "items", "keys", "values", "isocalendar", "weekday"}
"""Of lists, maps and days, while the query is put together."""
JOINS = {"inner", "left", "full", "semi", "anti"}
TYPES = {"Int8", "Int16", "Int32", "Int64", "Date", "String", "Boolean"}
FORBIDDEN_SIGNS = {ast.Div: "/", ast.Mod: "%", ast.Pow: "**", ast.MatMult: "@"}


def offences(function: Callable[..., Any]) -> list[str]:
    """What in the function, or in one of ours that it calls, is not safe: `name:line what`."""
    found: list[str] = []
    seen: set[Any] = set()
    todo = [function]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        tree = ast.parse(textwrap.dedent(inspect.getsource(one)))
        own = {node.name: None for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        free = inspect.getclosurevars(one).nonlocals
        known = {**one.__globals__, **free, **own, **dict.fromkeys(one.__code__.co_varnames)}
        for node in ast.walk(tree):
            for fault in _faults(node, known):
                found.append(f"{one.__module__}.{one.__qualname__}:{getattr(node, 'lineno', 0)} {fault}")
            todo += _ours(node, known)
        found += [f"{one.__module__}.{one.__qualname__}: {fault}" for fault in _uncast(tree, known)]
    return found


def _ours(node: ast.AST, known: dict[str, Any]) -> list[Callable[..., Any]]:
    """The function of this project that a name stands for, if it works on Narwhals frames or columns."""
    if not isinstance(node, ast.Name | ast.Attribute):
        return []
    value = _value(node, known)
    value = value.func if isinstance(value, functools.partial) else value
    if not inspect.isfunction(value) or value.__module__.partition(".")[0] == "narwhals":
        return []
    return [value] if any(value.__globals__.get(name) is nw for name in _names(value.__code__)) else []


def _names(code: CodeType) -> Iterator[str]:
    """The names that a function uses, those in its inner functions and comprehensions too."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _value(node: ast.AST, known: dict[str, Any]) -> Any:
    """What a name, or an attribute of a module, stands for; None where it is a local."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, known)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None


def _faults(node: ast.AST, known: dict[str, Any]) -> Iterator[str]:
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in FORBIDDEN_SIGNS:
        yield f"the sign {FORBIDDEN_SIGNS[type(node.op)]}"
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield f"the float {node.value}"
    if (
        isinstance(node, ast.Attribute)
        and _value(node.value, known) is nw
        and node.attr.startswith(("Float", "Decimal"))
    ):
        yield f"the type {node.attr}"
    if isinstance(node, ast.Call):
        yield from _call(node, known)


def _call(node: ast.Call, known: dict[str, Any]) -> Iterator[str]:
    if isinstance(node.func, ast.Name):
        if node.func.id not in known and not hasattr(builtins, node.func.id):
            yield f"{node.func.id}(), which is not known"
        return
    if not isinstance(node.func, ast.Attribute):
        return
    name, keywords = node.func.attr, {word.arg: word.value for word in node.keywords}
    if _value(node.func.value, known) is nw:
        if name not in FUNCTIONS:
            yield f"nw.{name}()"
        first = node.args[0] if node.args else None
        number = isinstance(first, ast.Constant) and type(first.value) is int
        if name == "lit" and number and len(node.args) + len(keywords) < 2:
            yield "nw.lit() of a number without its type"
        return
    if _value(node.func, known) is not None or _value(node.func.value, known) is not None:
        return  # a function or class of another module, such as dt.timedelta; ours are read by themselves
    if name not in METHODS | PYTHON:
        yield f".{name}()"
    if name == "join" and isinstance(how := keywords.get("how"), ast.Constant) and how.value not in JOINS:
        yield f"a {how.value} join"
    if name == "over" and "order_by" not in keywords:
        yield ".over() without order_by"
    if name == "rank" and not (node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value == "min"):
        yield '.rank() other than "min"'
    if name == "unique" and (node.args or keywords) and not {"keep", "order_by"} <= set(keywords):
        yield ".unique() of some columns without keep and order_by"
    if name == "fill_null" and (not node.args or "strategy" in keywords):
        yield ".fill_null() without a value"


def _uncast(tree: ast.AST, known: dict[str, Any]) -> Iterator[str]:
    """Counts that keep the type of the engine: `nw.len()` must be cast."""
    cast = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cast"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and id(node) not in cast:
            if node.func.attr == "n_unique" or (node.func.attr == "len" and not node.args):
                yield f"{ast.unparse(node)} without cast"
