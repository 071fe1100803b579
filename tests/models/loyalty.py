"""Plans for a small hotel: the figures a second way, and those of the study that the model brings along.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import MODELS, figures, lognormal, share, table, weighted

ROWS = table("loyalty/survey.csv")
WEIGHTS = share({"room": 4, "staff": 3, "food": 1, "value": 2})


def loyalty(median=5, rooms=258):
    cost = {"now": 210, "training": 226, "rooms": rooms}
    visits = [float(row["visits"]) for row in ROWS]
    target = {"now": [1.0 for _ in visits], "training": [lognormal(x, median, .8) for x in visits],
              "rooms": [1.0 for _ in visits]}
    return figures(weighted(ROWS, cost, WEIGHTS), cost, target)


def lifetime(rows, price=360, most=.8, discount=.08, tells=.3, curve=4):
    result = {}
    for option, row in rows.items():
        satisfied = row["function_score"] / 4
        back = most * satisfied ** curve
        value = (price - row["cost"]) / (1 - back / (1 + discount))
        result[option] = {"satisfaction": satisfied, "repurchase": back, "lifetime_value": value,
                          "with_word_of_mouth": value * (1 + tells * max(0, 2 * satisfied - 1))}
    return result


STUDY = {"command": ["loyalty", "--plugin", MODELS + "/loyalty/loyalty_study.lua"]}
CASES = [
    (None, loyalty()),
    ("for first guests", loyalty(median=1)),
    ("renewal goes over budget", loyalty(rooms=290)),
    (None, lifetime(loyalty()), STUDY),
]
WINNERS = {None: ("training", None)}
