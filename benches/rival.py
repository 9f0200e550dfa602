#!/usr/bin/env python3
"""The questions of benches/statistics.rs, asked of DuckDB on the same rows.

`rival.py FILE` reads FILE (received_ms, tier, school, met, response_ms; an empty met is not counted)
into a table in memory, sorted by time, and writes for each question the median seconds of nine
rounds, the processor seconds of one, and then its rows: group, alerts, n, met, and of spans measured,
percentiles, longest.
"""

import statistics
import sys
import time

import duckdb

ROUNDS = 9
START = 1_672_502_400_000
DAY = 24 * 3_600 * 1_000
OFFSET = 8 * 3_600 * 1_000

FIGURES = "count(*), count(met), coalesce(sum(met), 0)"
P90 = "count(response_ms), quantile_disc(response_ms, 0.9), max(response_ms)"
ALL = "count(response_ms), quantile_disc(response_ms, [0.5, 0.9, 0.95, 0.99]), max(response_ms)"
LOCAL_HOUR = f"(received_ms + {OFFSET}) // 3600000"
QUESTIONS = [
    # The group, what else is asked, the days from the start.
    ("tier", ALL, 1_000, 1_031),
    (f"(({LOCAL_HOUR}) // 24 + 3) % 7 * 24 + ({LOCAL_HOUR}) % 24", P90, 731, 1_096),
    (f"(received_ms + {OFFSET}) // {DAY}", "", 0, 1_096),
    ("school", P90, 0, 1_096),
]


def code(question, group):
    """The group as the product writes it."""
    if question == 1:
        return f"{group // 24 + 1}-{group % 24:02}"
    if question == 2:
        return time.strftime("%Y-%m-%d", time.gmtime(group * 86_400))
    return group


def main():
    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.execute(
        """
        CREATE TABLE alerts AS
        SELECT received_ms, tier::ENUM ('T1', 'T3', 'T5') AS tier, school, met, response_ms
        FROM read_csv(?, header = false, columns = {
            'received_ms': 'BIGINT', 'tier': 'VARCHAR', 'school': 'VARCHAR', 'met': 'UTINYINT',
            'response_ms': 'UINTEGER'})
        ORDER BY received_ms
        """,
        [sys.argv[1]],
    )
    database.execute(
        "CREATE TYPE school AS ENUM (SELECT DISTINCT school FROM alerts ORDER BY school)"
    )
    database.execute("ALTER TABLE alerts ALTER school TYPE school")
    print(f"DuckDB {duckdb.__version__}, 2 threads, in memory, schools and tiers as enumerations")
    for question, (group, spans, first, last) in enumerate(QUESTIONS):
        query = f"""
            SELECT {group} AS its, {FIGURES}{", " + spans if spans else ""} FROM alerts
            WHERE received_ms >= {START + first * DAY} AND received_ms < {START + last * DAY}
            GROUP BY its ORDER BY its
        """
        rows = database.execute(query).fetchall()
        times = []
        worked = time.process_time()
        for _ in range(ROUNDS):
            began = time.perf_counter()
            rows = database.execute(query).fetchall()
            times.append(time.perf_counter() - began)
        worked = (time.process_time() - worked) / ROUNDS
        print("took", statistics.median(times), worked)
        for its, *figures in rows:
            flat = [one for it in figures for one in (it if isinstance(it, list) else [it])]
            print(",".join(map(str, [code(question, its), *flat])))


if __name__ == "__main__":
    main()
