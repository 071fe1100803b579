"""Concepts of a new delivery service: the figures a second way, Kano's classes among them.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import centroid, fails, figures, kano_counts, normal, share, table, weighted

ROWS = table("concept/survey.csv")
RANKED = centroid("arrive", "quiet", "track", "points")
COST = {"bike": 9.5, "van": 8.4, "locker": 5.1}
MUST_BE = "arrive"


def by_kano(people):
    """Weights times the greater of better and -worse, among an option's own customers."""
    weight = {}
    for function, w in RANKED.items():
        n = kano_counts(ROWS, people, function + "_with", function + "_without")
        valid = n["M"] + n["O"] + n["A"] + n["I"]
        weight[function] = w * max(n["A"] + n["O"], n["O"] + n["M"]) / valid
    return share(weight)


def concept(gate=2.2, locker=5.1, kano_weights=False):
    age = [float(row["age"]) for row in ROWS]
    target = {"bike": [normal(x, 32, 10) for x in age], "van": [normal(x, 60, 10) for x in age],
              "locker": [normal(x, 28, 8) for x in age]}
    cost = {**COST, "locker": locker}
    score, plain = weighted(ROWS, COST, RANKED), None
    if kano_weights:
        score = {o: weighted(ROWS, [o], by_kano(target[o]))[o] for o in COST}
        plain = weighted(ROWS, COST, by_kano([1.0] * len(ROWS)))
    return figures(score, cost, target, out=fails(ROWS, COST, target, MUST_BE, gate) if gate else (), plain_score=plain)


def classes():
    """All replies, counted."""
    result = {}
    for function in RANKED:
        n = kano_counts(ROWS, [1.0] * len(ROWS), function + "_with", function + "_without")
        valid = n["M"] + n["O"] + n["A"] + n["I"]
        result[function] = {
            "must_be": n["M"], "one_dimensional": n["O"], "attractive": n["A"], "indifferent": n["I"],
            "reverse": n["R"], "questionable": n["Q"], "strength": (n["M"] + n["O"] + n["A"]) / len(ROWS),
            "better": (n["A"] + n["O"]) / valid, "worse": -(n["O"] + n["M"]) / valid}
    return result


CASES = [
    (None, concept()),
    ("no screening", concept(gate=None)),
    ("weights by Kano", concept(gate=None, kano_weights=True)),
    ("lockers next door", concept(locker=7.9)),
    (None, classes(), {"command": ["kano"], "table": "functions", "keys": ["function"]}),
]
WINNERS = {None: ("bike", None), "no screening": ("locker", None)}
