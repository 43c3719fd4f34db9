"""The growth wheel: now against wanted on nine areas, who agrees, and what to do first (F34, B17–B23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from sitegen.report import Attention, Metric, Value, Word
from sitegen.results import Column, Result

AREA_NAMES = {
    "1-market": "Market knowledge and positioning",
    "2-strategy": "Strategy and goals",
    "3-segments": "Customer segmentation and contact strategy",
    "4-planning": "Sales and marketing planning",
    "5-online": "Online profile and accessibility",
    "6-visibility": "Awareness, visibility and lead generation",
    "7-sales": "Sales optimisation and sales support",
    "8-loyalty": "Customer satisfaction, churn reduction and loyalty",
    "9-evaluation": "Evaluation and ROI follow-up",
}
"""The nine areas, in order (B17); the ids are those of the records, the names msgids."""
KINDS = {"insight": "Insight", "execution": "Execution"}
AGREE = 10 / 6
"""Respondents agree when their average deviation is at most a sixth of the scale's ten points (Burke & Dunlap 2002)."""


def _mean(values: Iterable[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _rounds(areas: pl.DataFrame, as_of: dt.date) -> list[str]:
    return sorted(name for name in areas["round"].unique() if dt.date.fromisoformat(name) <= as_of)


def _area_row(area: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One area of one round.

    Formula (F34):
        now, wanted = the mean of each over those who answered it
        gap = mean(wanted − now) over those who answered both; weighed = gap · importance
        AD = mean|now − mean(now)|; agreement where AD ≤ 10/6

    Undefined:
        nobody answered → no-cases; the area is not relevant → not-relevant (left out of gaps and ranks);
        agreement of fewer than two → too-few.
    """
    nows = [answer["now"] for answer in answers if answer["now"] is not None]
    both = [answer for answer in answers if answer["now"] is not None and answer["wanted"] is not None]
    now, wanted = _mean(nows), _mean(answer["wanted"] for answer in answers)
    gap = _mean(answer["wanted"] - answer["now"] for answer in both)
    deviation = sum(abs(value - now) for value in nows) / len(nows) if now is not None and len(nows) > 1 else None
    absent = None if area["relevant"] else "not-relevant"
    row: dict[str, Any] = {
        "key": area["area"],
        "order": area["order"],
        "area": area["area"],
        "kind": area["kind"] or "",
    }
    row["relevant"] = "yes" if area["relevant"] else "no"
    measures = {
        "now": (now, "no-cases"),
        "wanted": (wanted, "no-cases"),
        "gap": (gap, "no-cases"),
        "weighed": (None if gap is None else gap * area["importance"], "no-cases"),
        "lowest": (min(nows, default=None), "no-cases"),
        "highest": (max(nows, default=None), "no-cases"),
        "deviation": (deviation, "too-few"),
    }
    for name, (value, why) in measures.items():
        row[name] = None if absent else value
        row[f"{name}_why"] = absent or (why if value is None else None)
    row["importance"], row["importance_why"] = float(area["importance"]), None
    row["n"], row["n_why"] = len(both), None
    row["skipped"], row["skipped_why"] = len(answers) - len(both), None
    row["agreement"] = "" if absent or deviation is None else ("agree" if deviation <= AGREE else "disagree")
    return row


def _ranked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by weighed gap, the largest first; ties by the areas' order; the unranked last (B22)."""
    rows.sort(key=lambda row: (row["weighed"] is None, -(row["weighed"] or 0), row["order"]))
    for place, row in enumerate(rows, 1):
        ranked = row["weighed"] is not None
        row["rank"], row["rank_why"] = (place if ranked else None), (None if ranked else row["weighed_why"])
    return rows


_SCHEMA: dict[str, Any] = {
    "key": pl.String,
    "order": pl.Int64,
    "area": pl.String,
    "kind": pl.String,
    "relevant": pl.String,
}
for _name in ("now", "wanted", "gap", "weighed", "lowest", "highest", "deviation", "importance"):
    _SCHEMA |= {_name: pl.Float64, f"{_name}_why": pl.String}
for _name in ("n", "skipped", "rank"):
    _SCHEMA |= {_name: pl.Int64, f"{_name}_why": pl.String}
_SCHEMA["agreement"] = pl.String


def areas(
    wheel_areas: pl.DataFrame, wheel_answers: pl.DataFrame, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The nine areas of the newest round on or before `as_of`, the most pressing first."""
    rounds = _rounds(wheel_areas, as_of)
    if not rounds:
        return pl.DataFrame(schema=_SCHEMA), {}
    answers = _answers(wheel_answers, rounds[-1])
    settings = wheel_areas.filter(pl.col("round") == rounds[-1]).sort("order")
    rows = _ranked([_area_row(area, answers.get(area["area"], [])) for area in settings.iter_rows(named=True)])
    skipped = sum(row["skipped"] for row in rows if row["relevant"] == "yes")
    left_out = {"answers with only one of now and wanted, or none": skipped} if skipped else {}
    return pl.DataFrame(rows, schema=_SCHEMA), left_out


def _answers(wheel_answers: pl.DataFrame, round_id: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in wheel_answers.filter(pl.col("round") == round_id).sort("respondent", "area").iter_rows(named=True):
        found.setdefault(row["area"], []).append(row)
    return found


def overall(wheel_areas: pl.DataFrame, wheel_answers: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """One row a round: its respondents, relevant areas and the mean gap of the relevant areas that have one.

    The mean is of the areas' gaps, each area counting once (an exception to G4 that the page names).
    """
    rows = []
    for round_id in _rounds(wheel_areas, as_of):
        answers = _answers(wheel_answers, round_id)
        settings = wheel_areas.filter(pl.col("round") == round_id).sort("order").iter_rows(named=True)
        found = [_area_row(area, answers.get(area["area"], [])) for area in settings]
        gaps = [row["gap"] for row in found if row["gap"] is not None]
        respondents = wheel_answers.filter(pl.col("round") == round_id)["respondent"].n_unique()
        rows.append(
            {
                "key": round_id,
                "day": dt.date.fromisoformat(round_id),
                "respondents": respondents,
                "relevant": sum(row["relevant"] == "yes" for row in found),
                "gap": sum(gaps) / len(gaps) if gaps else None,
                "gap_why": None if gaps else "no-cases",
            }
        )
    schema = {
        "key": pl.String,
        "day": pl.Date,
        "respondents": pl.Int64,
        "relevant": pl.Int64,
        "gap": pl.Float64,
        "gap_why": pl.String,
    }
    return pl.DataFrame(rows, schema=schema)


def changes(wheel_areas: pl.DataFrame, wheel_answers: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Each area's `now` in the newest round against the round before: of everybody, and of those who answered both
    (B23).
    """
    measures = ("before", "now", "change", "same_change")
    schema: dict[str, Any] = {"key": pl.String, "area": pl.String}
    for name in measures:
        schema |= {name: pl.Float64, f"{name}_why": pl.String}
    schema |= {"same_n": pl.Int64}
    rounds = _rounds(wheel_areas, as_of)
    if len(rounds) < 2:
        return pl.DataFrame(schema=schema)
    earlier, later = (_answers(wheel_answers, name) for name in rounds[-2:])
    rows = []
    for area in wheel_areas.filter(pl.col("round") == rounds[-1]).sort("order").iter_rows(named=True):
        old = {row["respondent"]: row["now"] for row in earlier.get(area["area"], []) if row["now"] is not None}
        new = {row["respondent"]: row["now"] for row in later.get(area["area"], []) if row["now"] is not None}
        same = sorted(old.keys() & new.keys())
        before, now = _mean(old.values()), _mean(new.values())
        values = {
            "before": before,
            "now": now,
            "change": now - before if now is not None and before is not None else None,
            "same_change": _mean(new[name] - old[name] for name in same),
        }
        row: dict[str, Any] = {"key": area["area"], "area": area["area"], "same_n": len(same)}
        for name in measures:
            value = values[name] if area["relevant"] else None
            why = "no-cases" if area["relevant"] else "not-relevant"
            row |= {name: value, f"{name}_why": why if value is None else None}
        rows.append(row)
    return pl.DataFrame(rows, schema=schema)


def answers(wheel_areas: pl.DataFrame, wheel_answers: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every answer of the newest round by respondent and area."""
    rounds = _rounds(wheel_areas, as_of)
    newest = wheel_answers.filter(pl.col("round") == (rounds[-1] if rounds else "")).sort("area", "respondent")
    return newest.select(
        pl.concat_str("respondent", "area", separator="/").alias("key"),
        "respondent",
        "area",
        "now",
        pl.when(pl.col("now").is_null()).then(pl.lit("no-cases")).alias("now_why"),
        "wanted",
        pl.when(pl.col("wanted").is_null()).then(pl.lit("no-cases")).alias("wanted_why"),
    )


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """The area with the largest weighed gap, and areas where the respondents disagree."""
    found = []
    for row in results["areas"].rows.iter_rows(named=True):
        area = row["key"]
        values = {"area": Word(AREA_NAMES[area]), "gap": Value("areas", area, "gap")}
        page = ("growth_wheel", None)
        if row["rank"] == 1 and row["gap"] > 0:
            what = ("%(area)s is the area with the largest gap: %(gap)s points.", values)
            so = ("Now %(now)s, wanted %(wanted)s.", {name: Value("areas", area, name) for name in ("now", "wanted")})
            found.append(Attention("growth_wheel", "note", row["weighed"], what, so, page))
        if row["agreement"] == "disagree":
            what = ("The answers on %(area)s disagree.", values)
            low_high = {name: Value("areas", area, name) for name in ("lowest", "highest")}
            so = ("They go from %(lowest)s to %(highest)s: talk about it before you prioritise.", low_high)
            found.append(Attention("growth_wheel", "note", 1.0, what, so, page))
    return tuple(found)


RESULTS = (
    Metric(
        "areas",
        (
            Column("area", "text", "Area", words=AREA_NAMES),
            Column("now", "score", "Now", about="Mean of the answers, 1–10"),
            Column("wanted", "score", "Wanted", about="Mean of the answers, 1–10"),
            Column("gap", "score", "Gap", about="Mean of wanted − now over those who answered both"),
            Column("importance", "score", "Importance"),
            Column("weighed", "score", "Gap × importance"),
            Column("rank", "count", "Rank"),
            Column("lowest", "score", "Lowest now"),
            Column("highest", "score", "Highest now"),
            Column("deviation", "score", "Average deviation"),
            Column("n", "count", "Answers"),
            Column("skipped", "count", "Not answered"),
            Column("agreement", "text", "Agreement", words={"agree": "Agree", "disagree": "Disagree"}),
            Column("kind", "text", "Kind", words=KINDS),
            Column("relevant", "text", "Relevant", words={"yes": "Relevant", "no": "Not relevant"}),
        ),
        areas,
    ),
    Metric(
        "overall",
        (
            Column("day", "day", "Assessment"),
            Column("respondents", "count", "Respondents"),
            Column("relevant", "count", "Relevant areas"),
            Column("gap", "score", "Mean gap", about="Mean over the relevant areas, each counting once"),
        ),
        overall,
    ),
    Metric(
        "changes",
        (
            Column("area", "text", "Area", words=AREA_NAMES),
            Column("before", "score", "Before"),
            Column("now", "score", "Now"),
            Column("change", "score", "Change, everybody"),
            Column("same_change", "score", "Change, same respondents"),
            Column("same_n", "count", "Answered both times"),
        ),
        changes,
    ),
    Metric(
        "answers",
        (
            Column("respondent", "text", "Respondent", "management"),
            Column("area", "text", "Area", "management", words=AREA_NAMES),
            Column("now", "score", "Now", "management"),
            Column("wanted", "score", "Wanted", "management"),
        ),
        answers,
    ),
)
