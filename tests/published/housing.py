#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The housing model a second time, with forty digits and the plain formula, against the program's figures to 1e-12.

housing.py PROGRAM FOLDER: runs PROGRAM on FOLDER/housing.lua and reads FOLDER/survey.csv itself."""
import csv
import json
import os
import subprocess
import sys
from decimal import Decimal, getcontext

getcontext().prec = 40
program, folder = sys.argv[1:]

# The judgements of housing.lua, worked out by hand: points of the upper functions, party by party.
UPPER = ["use", "comfort", "safety", "look", "place"]
UPPER_POINTS = [[30, 20, 15, 20, 15], [25, 15, 40, 10, 10], [], [4, 3, 5, 1, 2]]
# user: use = safety > comfort = place > look, by 0-4, below; third: its order, by 0-1 with one added
LEVEL = {"use": 2, "safety": 2, "comfort": 1, "place": 1, "look": 0}
UPPER_POINTS[2] = [sum({2: 4, 1: 3, 0: 2, -1: 1, -2: 0}[LEVEL[a] - LEVEL[b]] for b in UPPER if b != a) for a in UPPER]
LOWER = {"use": ["layout", "light"], "comfort": ["quiet", "storey"], "safety": ["frame", "fire"],
         "look": ["facade", "fittings"], "place": ["green", "services"]}
FIRST = {"use": [6, 7, 5, 6], "comfort": [5, 5, 7, 6], "safety": [6, 8, 5, 7], "look": [6, 4, 2, 4],
         "place": [5, 5, 3, 5]}  # of ten points, to the first of the two
COST = {"A": 2500, "B": 2200, "C": 1900}
TARGET = {"A": 10000, "B": 6000, "C": 3000}


def mean(values):
    return sum(values) / len(values)


def weights():
    upper = {u: mean([Decimal(p[i]) / sum(p) for p in UPPER_POINTS]) for i, u in enumerate(UPPER)}
    result = {}
    for u, (first, second) in LOWER.items():
        share = mean([Decimal(x) / 10 for x in FIRST[u]])
        result[first], result[second] = upper[u] * share, upper[u] * (1 - share)
    return result


def value_indices(customers, positioned):
    w, incomes = weights(), [Decimal(c["income"]) for c in customers]
    sd = (sum((x - mean(incomes)) ** 2 for x in incomes) / (len(incomes) - 1)).sqrt()
    score = {}
    for option in COST:
        a = [(-((x - TARGET[option]) / sd) ** 2 / 2).exp() if positioned else Decimal(1) for x in incomes]
        g = [sum(w[f] * Decimal(c[option + "_" + f]) for f in w) for c in customers]
        score[option] = sum(p * q for p, q in zip(a, g)) / sum(a)
    return {o: (score[o] / sum(score.values())) / (Decimal(COST[o]) / sum(COST.values())) for o in COST}


def main():
    with open(os.path.join(folder, "survey.csv"), encoding="utf-8") as file:
        customers = list(csv.DictReader(file))
    run = subprocess.run([program, "run", os.path.join(folder, "housing.lua"), "--format", "json"],
                         stdout=subprocess.PIPE, check=True)
    rows = {row["option"]: row for row in json.loads(run.stdout)["tables"]["options"]}
    worst = 0
    for positioned, key in ((True, "value_index"), (False, "undifferentiated_value_index")):
        for option, wanted in value_indices(customers, positioned).items():
            off = abs(Decimal(rows[option][key]) - wanted)
            worst = max(worst, off)
            print("%s %s %s wanted %.17f off by %.1e" % (option, key, rows[option][key], wanted, off))
    if worst > Decimal("1e-12"):
        sys.exit("the program and the second computation differ")


main()
