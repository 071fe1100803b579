"""An exhibition quarter: the figures a second way, and as published.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import experts

SCORES = {"A": [9, 8, 8, 7, 10], "B": [8, 7, 10, 6, 9], "C": [9, 8, 10, 8, 8]}


def exhibition(cost={}, weight=(10, 5, 15, 5, 5)):
    return experts(weight, SCORES, {"A": 2560, "B": 2640, "C": 2420, **cost})


CASES = [
    (None, exhibition()),
    ("C dearer by 10 %", exhibition(cost={"C": 2662})),
    ("landscape counts less", exhibition(weight=(12, 7, 7, 7, 7))),
    # As published (exact values).
    (None, {o: {"value_index": v} for o, v in
            {"A": 0.9634284420289855, "B": 0.9481774264382961, "C": 1.0952209845490477}.items()}),
]
WINNERS = {None: ("C", None)}
