"""A software vendor's products: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import annuity, figures, lognormal, normal, share, table, weighted

ROWS = table("software/survey.csv")
WEIGHTS = share({"fit": 8, "ease": 4, "connect": 2, "support": 1})  # what consistent comparisons come to


def software(cost={}, small=.6):
    staff = [float(row["staff"]) for row in ROWS]
    whole = {"desk": 9 + .09 * 130, "suite": 13 + .09 * 60 + 2.2 + annuity(12, .08, 5), "cloud": 15 + .09 * 25 + 1.1,
             **cost}
    part = small / (small + .4)
    target = {"desk": [lognormal(x, 16, .6) for x in staff], "suite": [lognormal(x, 260, .5) for x in staff],
              "cloud": [part / 10 * normal(x, 20, 10) + (1 - part) / 80 * normal(x, 220, 80) for x in staff]}
    rows = figures(weighted(ROWS, whole, WEIGHTS), whole, target)
    del rows["cloud"]["weight_share"]  # the peak of a mixture is not known in closed form
    return rows


CASES = [
    (None, software()),
    ("only the price counts", software(cost={"desk": 9, "suite": 13, "cloud": 15})),
    ("cloud 20 % cheaper", software(cost={"cloud": 12 + .09 * 25 + 1.1})),
    ("cloud for large companies", software(small=.1)),
]
WINNERS = {None: ("cloud", None), "only the price counts": ("desk", None)}
