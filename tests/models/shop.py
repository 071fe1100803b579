"""An online shop's service packages: the figures a second way, and what `segments` says of the tiers.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import figures, mean, share, student_t, table, tiers

ROWS = table("shop/survey.csv")
FUNCTIONS = ("price", "speed", "help", "back")
PROFIT = [float(row["profit"]) for row in ROWS]
SHARES = (.05, .15, .3)
COST = {"basic": 33, "care": 42, "express": 52}


def soon(days):
    """0 days 4, 2 days 3, 7 days 0, straight lines between."""
    return max(0, 4 - days / 2 if days < 2 else 3 - (days - 2) * 3 / 5)


def scores(option, function):
    if function == "speed":
        return [soon(float(row[option + "_days"])) for row in ROWS]
    return [float(row[option + "_" + function]) for row in ROWS]


def by_stated(weight):
    """Each customer's score of each option, by the importance that the option's customers state."""
    result = {}
    for option in COST:
        w = share({f: mean(weight[option], [float(row["matters_" + f]) for row in ROWS]) for f in FUNCTIONS})
        columns = [[w[f] * x for x in scores(option, f)] for f in FUNCTIONS]
        result[option] = [math.fsum(parts) for parts in zip(*columns)]
    return result


def shop(weights=(4, 2, 1, 0), cost={}, budget=None):
    count = tiers(PROFIT, SHARES, weights)
    orders = [float(row["orders"]) for row in ROWS]
    target = {"basic": [1 / (1 + math.exp((x - 14) / 4)) for x in orders], "care": [1.0 for _ in orders],
              "express": [student_t(x, 30, 8, 4) for x in orders]}
    full = {o: [a * q for a, q in zip(target[o], count)] for o in COST}
    score, paid = by_stated(full), {**COST, **cost}

    def bought(option):
        return mean(full[option], score[option]) if paid[option] <= budget else None

    return figures(score, paid, target, count, merit=budget and bought,
                   plain_score=by_stated({o: count for o in COST}))


def segments():
    """Tiers from the best customer down; who brings how much."""
    order, total = sorted(PROFIT, reverse=True), math.fsum(PROFIT)
    cuts = [0, 11, 44, 110, 220]
    assert all(order[cut - 1] != order[cut] for cut in cuts[1:-1])
    return {name: {"customers": high - low, "profit_share": math.fsum(order[low:high]) / total}
            for name, low, high in zip(("platinum", "gold", "iron", "lead"), cuts, cuts[1:])}


def by_tier():
    """Every option for every tier: those customers alone count."""
    result = {}
    for place, name in enumerate(("platinum", "gold", "iron", "lead")):
        rows = shop(weights=[1.0 if i == place else 0.0 for i in range(4)])
        for option, row in rows.items():
            result[name + " " + option] = {k: row[k] for k in ("function_coefficient", "value_index")}
    return result


CASES = [
    (None, shop()),
    ("every tier alike", shop(weights=(1, 1, 1, 1))),
    ("the best only", shop(weights=(1, 1, 0, 0))),
    ("couriers dearer", shop(cost={"express": 60, "care": 44})),
    ("at most 40 a year", shop(budget=40)),
    (None, segments(), {"command": ["segments"], "table": "tiers", "keys": ["tier"]}),
    (None, by_tier(), {"command": ["segments"], "table": "values", "keys": ["tier", "option"]}),
]
WINNERS = {None: ("care", None), "every tier alike": ("basic", None), "at most 40 a year": ("basic", None)}
