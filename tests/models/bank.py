"""A bank's offers to companies: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import (above, annuity, best_worst, centroid, figures, lognormal, normal, parties, share, table,
                        trapezoid, weighted)

ROWS = table("bank/survey.csv")
WEIGHTS = parties(
    (.6, best_worst("cash", "report", {"pay": 2, "speed": 2, "advice": 4, "report": 8},
                    {"cash": 8, "pay": 4, "speed": 3, "advice": 2})),
    (.25, centroid("advice", "cash", "speed", "pay", "report")),
    (.15, {"report": 5, "cash": 4, "pay": 3, "advice": 2, "speed": 1}))
BUYERS = (18, 25, 40, 42, 60, 75, 90, 120, 160)


def offer(build, run, hours, losses=0):
    return annuity(build + build / 5 / 1.06 ** 3, .06, 6) + run + .32 * hours + losses


def buyers(x):
    return math.fsum(normal(x, point, 20) for point in BUYERS)


def peak_of_buyers():
    """Newton's method on the slope, from a coarse grid."""
    x = max(range(1, 200), key=buyers)
    for _ in range(20):
        slope = math.fsum((p - x) * normal(x, p, 20) for p in BUYERS)
        bend = math.fsum(((p - x) ** 2 / 400 - 1) * normal(x, p, 20) for p in BUYERS)
        x -= slope / bend
    return buyers(x)


PEAK = peak_of_buyers()


def bank(median=25, losses=.6, desk=5):
    turnover = [float(row["turnover"]) for row in ROWS]
    target = {"start": [trapezoid(x, 0, 1, 8, 20) for x in turnover],
              "line": [lognormal(x, median, .7) for x in turnover],
              "trade": [buyers(x) / PEAK for x in turnover],
              "desk": [above(x, 120, 25) for x in turnover]}
    cost = {"start": offer(2.4, 1.3, 2), "line": offer(3, 1, 2, losses), "trade": offer(4.5, 1.1, 2.5),
            "desk": offer(4, 1.1, desk)}
    return figures(weighted(ROWS, cost, WEIGHTS), cost, target, [float(row["stands_for"]) for row in ROWS])


def counted():
    """Sums in place of means: satisfaction times reach."""
    rows = bank()
    sums = share({o: row["function_score"] * row["weight_share"] for o, row in rows.items()})
    return {o: {"function_coefficient": sums[o], "value_index": sums[o] / row["cost_coefficient"]}
            for o, row in rows.items()}


CASES = [
    (None, bank()),
    ("line for small firms", bank(median=10)),
    ("bad year", bank(losses=1.2)),
    ("advice by video", bank(desk=2.5)),
    ("how many there are", counted()),
]
WINNERS = {None: ("start", "line"), "line for small firms": ("start", None), "bad year": ("start", None),
           "advice by video": ("desk", None), "how many there are": ("start", None)}
