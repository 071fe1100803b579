"""A laboratory building: the figures a second way, and as published.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import experts

SCORES = {"A": [10, 10, 8, 9, 9], "B": [10, 10, 9, 8, 7], "C": [8, 9, 7, 7, 8]}


def building(cost={}, weight=(.25, .05, .25, .35, .10)):
    return experts(weight, SCORES, {"A": 1438, "B": 1108, "C": 1082, **cost})


CASES = [
    (None, building()),
    ("A 造价降低 20 %", building(cost={"A": 1150.4})),
    ("面积优先", building(weight=[w * .4 / .65 for w in (.25, .05, .25)] + [.6, .1 * .4 / .65])),
    # As published (exact values).
    (None, {o: {"value_index": v} for o, v in
            {"A": 0.904264724108016, "B": 1.1346820602637882, "C": 0.9893157153053568}.items()}),
]
WINNERS = {None: ("B", None)}
