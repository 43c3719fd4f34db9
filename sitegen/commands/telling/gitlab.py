"""GitLab: a Code Quality report, which a merge request shows beside its lines."""

from __future__ import annotations

from sitegen.commands.telling.as_json import dumped, fingerprints
from sitegen.commands.telling.verdict import Verdict

_SEVERITY = {"error": "major", "warning": "minor"}


def write(verdict: Verdict) -> str:
    """One entry a problem: description with the hint, code, fingerprint, severity and place."""
    teller = verdict.teller
    found = []
    for problem, fingerprint in zip(verdict.problems, fingerprints(verdict), strict=True):
        hint = teller.hint(problem)
        found.append(
            {
                "description": teller.sentence(problem) + (f" ({teller.say('hint')}: {hint})" if hint else ""),
                "check_name": problem.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITY[problem.severity],
                "location": {
                    "path": teller.project_path(problem.place.file),
                    "lines": {"begin": problem.place.line},
                },
            }
        )
    return dumped(found)
