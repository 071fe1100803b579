"""Plans for a small hotel: the figures a second way, and those of the study that the model brings along.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import MODELS, above, figures, lognormal, share, table, weighted

ROWS = table("loyalty/survey.csv")
VISITS = [float(row["visits"]) for row in ROWS]
WEIGHTS = share({"room": 4, "staff": 3, "value": 2, "food": 1})  # three, two, one, no wins, and one more each


def loyalty(rooms=256, everybody=False):
    target = {"now": [1.0 for _ in VISITS],
              "training": [1.0 if everybody else lognormal(x, 5, .8) for x in VISITS],
              "rooms": [1 - above(x, 4, 1) for x in VISITS]}
    cost = {"now": 210, "training": 229, "rooms": rooms}
    return figures(weighted(ROWS, cost, WEIGHTS), cost, target)


def above_limit(limit, middle, scatter):
    """Upper tail of a logistic curve, by its other form."""
    return .5 * (1 - math.tanh((limit - middle) / (2 * scatter)))


def geometric(g, years):
    return (1 - g ** years) / (1 - g)


def study(rows, power=4, brings=.2, keeps_away=.1, most=.9, price=360, stays=2, scatter=1, discount=.08, years=10):
    result = {}
    for option, row in rows.items():
        s = row["function_score"] / 4
        back, margin = most * s ** power, stays * (price - row["cost"])
        promoters, detractors = above_limit(8.5, 10 * s, scatter), 1 - above_limit(6.5, 10 * s, scatter)
        spread = brings * promoters - keeps_away * detractors
        result[option] = {
            "satisfaction": s, "repurchase": back, "promoters": promoters, "detractors": detractors,
            "net_promoters": promoters - detractors, "word_of_mouth": spread, "margin": margin,
            "lifetime_value": margin * geometric(back / (1 + discount), years),
            "with_word_of_mouth": margin * geometric(max(0, back + spread) / (1 + discount), years)}
    return result


def curves():
    return {name: {"value." + option: row["with_word_of_mouth"]
                   for option, row in study(loyalty(), power=power).items()}
            for name, power in (("competition", 4), ("some", 1), ("captive", .25))}


PLUGIN = ["loyalty", "--plugin", MODELS + "/loyalty/loyalty_study.lua"]
CASES = [
    (None, loyalty()),
    ("renewal over budget", loyalty(rooms=290)),
    ("training for all", loyalty(everybody=True)),
    (None, study(loyalty()), {"command": PLUGIN}),
    ("training for all", study(loyalty(everybody=True)), {"command": PLUGIN}),
    (None, curves(), {"command": PLUGIN, "table": "curves", "keys": ["curve"]}),
    (None, study(loyalty(), power=.25, brings=0, keeps_away=0),
     {"command": PLUGIN + "--curve captive --brings 0 --keeps_away 0".split()}),
]
WINNERS = {None: ("training", "training")}
