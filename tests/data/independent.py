#!/usr/bin/env python3
"""The figures of the two shared files, worked out apart from the product.

Plain Python, standard library only; nothing here is generated from the product or read by it, and
nothing is read but the file. `independent.py fire|police FILE` writes JSON to stdout.

What is reckoned, per call: the tier by its final priority, the limit by the tier, the response time
as first arrival minus receipt (server time of the source, America/Los_Angeles), and how the clock
came out as of the end of the record. Percentiles are nearest rank: the smallest value that at least
q percent of the values do not exceed.
"""

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta

LIMIT = {"T1": 60, "T3": 180, "T5": 300}
FIRE_TIER = {"3": "T1", "2": "T3"}
POLICE_TIER = {"A": "T1", "B": "T3", "C": "T5"}


def sunday(year, month, nth):
    """The nth Sunday of a month."""
    first = datetime(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


def seconds(text, form):
    """A local time of Los Angeles as seconds of one steady scale; None where the cell is empty."""
    text = text.strip()
    if text in ("", "None"):
        return None
    local = datetime.strptime(text, form)
    # Summer time runs from the second Sunday of March to the first of November, at 2 o'clock.
    summer = (
        sunday(local.year, 3, 2) + timedelta(hours=2)
        <= local
        < sunday(local.year, 11, 1) + timedelta(hours=2)
    )
    behind = 7 if summer else 8
    return (local - datetime(1970, 1, 1)).total_seconds() + behind * 3600


def nearest_rank(values, percent):
    values = sorted(values)
    return values[max(math.ceil(percent * len(values) / 100), 1) - 1] if values else None


def percentiles(values):
    figures = {f"p{q}": nearest_rank(values, q) for q in (50, 90, 95, 99)}
    figures["max"] = max(values, default=None)
    return {"n": len(values), **figures, "within_300": sum(1 for v in values if v <= 300)}


def verdict(call, limit):
    """How the clock of one call came out."""
    if call["arrived"] is not None:
        return "met" if call["arrived"] - call["received"] <= limit else "late"
    if call["ended"] is not None:
        in_time = call["ended"] - call["received"] <= limit
        return "not_applicable" if in_time else "missed"
    return "breaching" if call["as_of"] - call["received"] > limit else "pending"


def summary(calls):
    elapsed = [c["arrived"] - c["received"] for c in calls if c["arrived"] is not None]
    verdicts = Counter(verdict(c, LIMIT[c["tier"]]) for c in calls)
    judged = sum(verdicts[v] for v in ("met", "late", "missed", "breaching"))
    return {
        "calls": len(calls),
        "unit_rows": sum(c["unit_rows"] for c in calls),
        "calls_without_arrival": sum(1 for c in calls if c["arrived"] is None),
        "unit_rows_without_arrival": sum(c["units_not_arrived"] for c in calls),
        "negative": sum(1 for value in elapsed if value < 0),
        **{v: verdicts[v] for v in
           ("met", "late", "missed", "breaching", "pending", "not_applicable")},
        "n": judged,
        "on_time_rate": verdicts["met"] / judged if judged else None,
        "response": percentiles([value for value in elapsed if value >= 0]),
    }


def whole(calls, more):
    by_tier = defaultdict(list)
    for call in calls:
        by_tier[call["tier"]].append(call)
    return {
        "all": summary(calls),
        "tiers": {tier: summary(list_) for tier, list_ in sorted(by_tier.items())},
        **more,
    }


def fire(path):
    form = "%m/%d/%Y %I:%M:%S %p"
    rows = defaultdict(list)
    units = set()
    latest = 0.0
    points = ("Received DtTm", "Dispatch DtTm", "Response DtTm", "On Scene DtTm", "Available DtTm")
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            rows[row["Call Number"]].append(row)
            units.add(row["Unit ID"])
            latest = max(latest, *(seconds(row[point], form) or 0.0 for point in points))
    calls = []
    for group in rows.values():
        first = min(group, key=lambda row: int(row["Unit sequence in call dispatch"]))
        arrivals = [seconds(row["On Scene DtTm"], form) for row in group]
        cleared = [seconds(row["Available DtTm"], form) for row in group]
        calls.append({
            "tier": FIRE_TIER[first["Final Priority"]],
            "received": seconds(first["Received DtTm"], form),
            "arrived": min((a for a in arrivals if a is not None), default=None),
            # The source has no closing instant: a call is over when its last unit is available.
            "ended": max(cleared) if None not in cleared else None,
            "as_of": latest,
            "unit_rows": len(group),
            "units_not_arrived": arrivals.count(None),
        })
    return whole(calls, {"units": len(units)})


def police(path):
    form = "%Y/%m/%d %I:%M:%S %p"
    calls = []
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            arrived = seconds(row["onscene_datetime"], form)
            dispatched = seconds(row["dispatch_datetime"], form)
            sent = arrived is not None or dispatched is not None
            calls.append({
                "tier": POLICE_TIER[row["priority_final"]],
                "received": seconds(row["received_datetime"], form),
                "arrived": arrived,
                "ended": seconds(row["close_datetime"], form),
                "as_of": seconds(row["data_as_of"], form),
                "unit_rows": int(sent),
                "units_not_arrived": int(sent and arrived is None),
                "on_view": row["onview_flag"] == "Y",
            })
    reported = [call for call in calls if not call["on_view"]]
    early = [c for c in calls if None not in (c["ended"], c["arrived"]) and c["ended"] < c["arrived"]]
    return whole(calls, {
        "not_on_view": whole(reported, {}),
        "closed_before_arrival": len(early),
        "not_closed": sum(1 for call in calls if call["ended"] is None),
    })


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("fire", "police"):
        sys.exit("usage: independent.py fire|police FILE")
    json.dump({"fire": fire, "police": police}[sys.argv[1]](sys.argv[2]), sys.stdout, indent=1)
    print()
