"""A car line-up: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import above, ahp, chain, figures, lognormal, normal, table, tree, triangular, weighted

ROWS = table("car/survey.csv")
WEIGHTS = tree(chain(("safe", 1.2), ("space", 1.1), ("drive", 1.5), ("smart", 1.25), ("look", 1)), {
    "space": {"seats": 6, "boot": 4},
    "drive": ahp([("economy", "power", 2), ("economy", "handling", 4), ("power", "handling", 3)]),
})
INCOME = {
    "young": lambda x: lognormal(x, 7000, .4),
    "sport": lambda x: lognormal(x, 15000, .35),
    "comfort": lambda x: above(x, 17000, 2000),
}
AGE = {
    "young": lambda x: normal(x, 26, 5),
    "family": lambda x: normal(x, 38, 7),
    "sport": lambda x: triangular(x, 22, 30, 46),
    "comfort": lambda x: normal(x, 50, 8) if x >= 35 else 0,
}


def family(income, age, middle):
    """Two attributes with the correlation 0.4."""
    u, v = (income - middle) / 4000, (age - 38) / 7
    return math.exp(-(u * u - 2 * .4 * u * v + v * v) / (2 * (1 - .4 ** 2)))


def car(cost={}, middle=13000, only_age=False):
    people = [(float(row["income"]), float(row["age"])) for row in ROWS]
    target = {o: [f(age) * (1 if only_age else INCOME.get(o, lambda x: 1)(income)) for income, age in people]
              for o, f in AGE.items()}
    if not only_age:
        target["family"] = [family(income, age, middle) for income, age in people]
    return figures(weighted(ROWS, AGE, WEIGHTS), {"young": 88, "family": 96, "sport": 104, "comfort": 110, **cost},
                   target)


CASES = [
    (None, car()),
    ("电池降价", car(cost={"young": 82, "family": 88, "sport": 96, "comfort": 101})),
    ("舒享版成本失控", car(cost={"comfort": 119})),
    ("家庭版面向小城市", car(middle=8000)),
    ("只看年龄", car(only_age=True)),
]
WINNERS = {None: ("young", "family"), "电池降价": ("family", None), "家庭版面向小城市": ("family", None)}
