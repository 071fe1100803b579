"""Three housing standards: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import figures, normal, table

LOCAL = {  # the parties' points, out of 10, for the first of the two parts
    "use": ("layout", "light", [6, 7, 5, 6]), "comfort": ("quiet", "storey", [5, 5, 7, 6]),
    "safety": ("frame", "fire", [6, 8, 5, 7]), "look": ("facade", "fittings", [6, 4, 2, 4]),
    "place": ("green", "services", [5, 5, 3, 5]),
}
TOP = {  # owner, contractor; 0-4 points of the user out of 40; corrected 0-1 points of the third party out of 15
    "use": [.30, .25, 12 / 40, 4 / 15], "comfort": [.20, .15, 7 / 40, 3 / 15], "safety": [.15, .40, 12 / 40, 5 / 15],
    "look": [.20, .10, 2 / 40, 1 / 15], "place": [.15, .10, 7 / 40, 2 / 15],
}


def housing(mean={}, sd=None, cost={}, user=0.25):
    rows = table("housing/survey.csv")
    income = [float(row["income"]) for row in rows]
    middle = math.fsum(income) / len(income)
    spread = math.sqrt(math.fsum((x - middle) ** 2 for x in income) / (len(income) - 1))
    assert abs(spread - 4364.248694410833) < 1e-9
    party = [.25, .25, user, .25]
    weight = {}
    for upper, (first, second, points) in LOCAL.items():
        top = math.fsum(p * w for p, w in zip(party, TOP[upper])) / math.fsum(party)
        part = math.fsum(points) / 40
        weight[first], weight[second] = top * part, top * (1 - part)
    target = {"A": 10000, "B": 6000, "C": 3000, **mean}
    score = {o: [math.fsum(w * float(row[o + "_" + k]) for k, w in weight.items()) for row in rows] for o in "ABC"}
    customers = {o: [normal(x, target[o], sd or spread) for x in income] for o in "ABC"}
    return figures(score, {"A": 2500, "B": 2200, "C": 1900, **cost}, customers)


CASES = [
    (None, housing()),
    ("A moves down", housing(mean={"A": 7000})),
    ("B moves upmarket", housing(mean={"B": 8000})),
    ("narrow targets", housing(sd=2000)),
    ("A dearer by 15 %", housing(cost={"A": 2875})),
    ("user decides", housing(user=0.75)),
]
WINNERS = {None: ("A", "B")}
