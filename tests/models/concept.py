"""Concepts of a new delivery service, in two steps: the figures a second way, Kano's classes and curves among them.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import (centroid, entropy, fails, figures, kano_counts, kano_curve, kano_class, logistic, mean, normal,
                        share, table)

# ---- screening.lua: a panel, gates, weights by entropy

IDEAS = {  # allowed, soon, wanted, own, grow
    "bike": [4, 4, 3, 3, 3], "van": [4, 3, 3, 1, 3], "locker": [3, 3, 2, 2, 3], "drone": [0, 1, 4, 4, 4],
    "robot": [2, 2, 3, 4, 3], "neighbour": [3, 4, 1, 3, 1],
}
IDEA_COST = {"bike": 9.5, "van": 8.4, "locker": 5.1, "drone": 11, "robot": 10, "neighbour": 14 / 3}


def screening(robot=2, gates=(3, 2), budget=12):
    ideas = {o: [robot, *row[1:]] if o == "robot" else row for o, row in IDEAS.items()}
    worth = entropy([[row[k] for row in ideas.values()] for k in (2, 3, 4)])
    weights = [.05, .05] + [.9 * w for w in worth]
    score = {o: [math.fsum(w * s for w, s in zip(weights, row))] for o, row in ideas.items()}
    rows = figures(score, IDEA_COST, {o: [1.0] for o in ideas},
                   out={o for o, row in ideas.items() if row[0] < gates[0] or row[1] < gates[1]},
                   merit=lambda o: score[o][0] if IDEA_COST[o] <= budget else None)
    for row in rows.values():
        del row["weight_share"]  # no survey, no reach
    return rows


# ---- concept.lua: a survey, Kano

ROWS = table("concept/survey.csv")
AGE = [float(row["age"]) for row in ROWS]
RANKED = centroid("arrive", "quiet", "track", "points")
COST = {"bike": 9.5, "van": 8.4, "locker": 5.1}
TARGET = {"bike": [normal(x, 32, 10) for x in AGE], "van": [logistic(x, 60, 6) for x in AGE],
          "locker": [18 <= x <= 40 for x in AGE]}
ALL = [1.0] * len(ROWS)


def replies(function, people):
    """Counts of the classes, better and worse."""
    n = kano_counts(ROWS, people, function + "_with", function + "_without")
    valid = n["M"] + n["O"] + n["A"] + n["I"]
    return n, (n["A"] + n["O"]) / valid, -(n["O"] + n["M"]) / valid


def as_weights(people):
    return share({f: w * max(replies(f, people)[1], -replies(f, people)[2]) for f, w in RANKED.items()})


def scores(option, people, use):
    """Each customer's weighted score of an option, as its customers' Kano classes say. Curves bend mean scores."""
    weights = as_weights(people) if use == "weights" else RANKED
    columns = []
    for function, w in weights.items():
        column = [float(row["%s_%s" % (option, function)]) for row in ROWS]
        if use == "curve":
            n, better, worse = replies(function, people)
            column = [kano_curve(kano_class(n), better, worse, mean(people, column), 4)] * len(ROWS)
        columns.append([w * x for x in column])
    return [math.fsum(parts) for parts in zip(*columns)]


def must_fail(gate):
    """Gates on the functions that an option's own customers hold for a must."""
    return {o for o in COST for f in RANKED
            if kano_class(replies(f, TARGET[o])[0]) == "M" and o in fails(ROWS, [o], TARGET, f, gate)}


def concept(use="gate", cost={}):
    return figures({o: scores(o, TARGET[o], use) for o in COST}, {**COST, **cost}, TARGET,
                   out=must_fail(2.2) if use == "gate" else (), plain_score={o: scores(o, ALL, use) for o in COST})


def classes():
    result = {}
    for function in RANKED:
        n, better, worse = replies(function, ALL)
        result[function] = {
            "must_be": n["M"], "one_dimensional": n["O"], "attractive": n["A"], "indifferent": n["I"],
            "reverse": n["R"], "questionable": n["Q"], "strength": (n["M"] + n["O"] + n["A"]) / len(ROWS),
            "better": better, "worse": worse}
    return result


SCREENING = {"file": "screening.lua"}
CASES = [
    (None, concept()),
    ("nobody asked", concept(use="report")),
    ("weights by Kano", concept(use="weights")),
    ("curves by Kano", concept(use="curve")),
    ("van at night is quiet", concept(cost={"van": 7.6})),
    (None, classes(), {"command": ["kano"], "table": "functions", "keys": ["function"]}),
    (None, screening(), SCREENING),
    ("robots are allowed", screening(robot=3), SCREENING),
    ("no gates", screening(gates=(0, 0)), SCREENING),
    ("at most 9", screening(budget=9), SCREENING),
]
WINNERS = {None: ("bike", "bike"), "nobody asked": ("locker", None), "weights by Kano": ("locker", None),
           "curves by Kano": ("locker", None), "van at night is quiet": ("van", None)}
