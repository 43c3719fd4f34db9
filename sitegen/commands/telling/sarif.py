"""SARIF 2.1.0, the format of static analysis tools: one run, a rule for each code found, a result for each problem."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitegen import __version__
from sitegen.codes import CODES
from sitegen.commands.telling.as_json import dumped, fingerprints
from sitegen.commands.telling.explain import in_general
from sitegen.commands.telling.verdict import Teller, Verdict
from sitegen.problems import Place, Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(verdict: Verdict) -> str:
    """The log of one run. It holds no time, so that the same records give the same bytes."""
    teller = verdict.teller
    codes = sorted({problem.code for problem in verdict.problems})
    place = {code: number for number, code in enumerate(codes)}
    results = [
        _result(teller, problem, place[problem.code], fingerprint)
        for problem, fingerprint in zip(verdict.problems, fingerprints(verdict), strict=True)
    ]
    driver = {
        "name": "sitegen",
        "semanticVersion": __version__,
        "language": teller.lang if teller.lang in ("en", "da", "nb") else "en",
        "rules": [_rule(teller, code) for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(teller: Teller, name: str) -> dict[str, Any]:
    code = CODES[name]
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": in_general(teller.lang, code.sentence)},
        "defaultConfiguration": {"level": code.severity},
    }
    if code.hints:
        rule["help"] = {"text": "\n".join(in_general(teller.lang, hint) for hint, _ in code.hints)}
    return rule


def _result(teller: Teller, problem: Problem, rule: int, fingerprint: str) -> dict[str, Any]:
    hint = teller.hint(problem)
    text = teller.sentence(problem) + (f"\n{teller.say('hint')}: {hint}" if hint else "")
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        # "](" would make a link of what a record says
        "message": {"text": text.replace("](", "] (")},
        "locations": [_location(teller, problem.place)],
        "partialFingerprints": {"sitegen/v1": fingerprint},
    }
    if problem.also:
        result["relatedLocations"] = [_location(teller, other) for other in problem.also]
    return result


def _location(teller: Teller, place: Place) -> dict[str, Any]:
    path = Path(teller.project_path(place.file))
    # of a name that is not UTF-8 the bytes are written, as of any other
    relative = {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": "%SRCROOT%"}
    artifact = {"uri": path.as_uri()} if path.is_absolute() else relative
    return {
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
