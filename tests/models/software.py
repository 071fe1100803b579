"""A software vendor's products: the figures a second way, and what `improve` says of the components of one.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import ahp, annuity, figures, lognormal, mean, normal, share, table, weighted

ROWS = table("software/survey.csv")
STAFF = [float(row["staff"]) for row in ROWS]
JUDGES = [
    (.5, {"fit ease": 2, "fit connect": 3, "fit support": 5, "ease connect": 2, "ease support": 3, "connect support": 2}),
    (.3, {"fit ease": 1 / 2, "fit connect": 4, "fit support": 2, "ease connect": 6, "ease support": 3,
          "connect support": 1 / 2}),
    (.2, {"fit ease": 3, "fit connect": 1 / 2, "fit support": 1, "ease connect": 1 / 5, "ease support": 1 / 3,
          "connect support": 2}),
]
WEIGHTS = ahp([(*pair.split(), math.prod(judged[pair] ** part for part, judged in JUDGES)) for pair in JUDGES[0][1]])
COMPONENTS = {
    "core": (420, {"fit": .7, "ease": .2}), "design": (110, {"ease": .6}), "links": (230, {"fit": .2, "connect": .8}),
    "host": (300, {"connect": .2, "support": .1, "fit": .1}), "people": (240, {"ease": .2, "support": .9}),
}


def meant_for(small):
    part = small / (small + .4)
    cloud = [part / 9 * normal(x, 18, 9) + (1 - part) / 80 * normal(x, 240, 80) for x in STAFF]
    return {"desk": [lognormal(x, 16, .6) for x in STAFF], "suite": [lognormal(x, 260, .5) for x in STAFF],
            "cloud": cloud}


def software(small=.6, wage=90, cost={}, cloud=1600):
    target = meant_for(small)
    hours = {o: mean(target[o], [float(row[o + "_hours"]) for row in ROWS]) for o in target}
    paid = {"desk": 900 + wage * (hours["desk"] + 3) + 90,
            "suite": 1250 + wage * (hours["suite"] + 7) + 160 + annuity(900, .08, 5),
            "cloud": cloud + wage * (hours["cloud"] + 3) + 60, **cost}
    rows = figures(weighted(ROWS, paid, WEIGHTS), paid, target)
    del rows["cloud"]["weight_share"]  # the peak of a mixture is not known in closed form
    return rows


def components(target_cost=1150):
    serves = share({c: math.fsum(WEIGHTS[f] * y for f, y in parts.items()) for c, (_, parts) in COMPONENTS.items()})
    spent = share({c: cost for c, (cost, _) in COMPONENTS.items()})
    return {c: {"function_coefficient": serves[c], "cost_coefficient": spent[c], "value_index": serves[c] / spent[c],
                "cost": cost, "target_cost": serves[c] * target_cost, "saving": cost - serves[c] * target_cost}
            for c, (cost, _) in COMPONENTS.items()}


CASES = [
    (None, software()),
    ("only the price counts", software(cost={"desk": 900, "suite": 1250, "cloud": 1600})),
    ("an hour costs 150", software(wage=150)),
    ("cloud for large companies", software(small=.1)),
    ("cloud at 1900", software(cloud=1900)),
    (None, components(), {"command": ["improve"], "table": "items", "keys": ["item"]}),
]
WINNERS = {None: ("desk", "cloud"), "only the price counts": ("desk", None), "an hour costs 150": ("cloud", None),
           "cloud for large companies": ("desk", None), "cloud at 1900": ("desk", None)}
