"""Travel between three cities: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
import math

from second_way import figures, normal, table

MODE = {"air": "1", "train": "2", "bus": "3", "car": "4"}
RIDERS = {"air": (41.7, 19.1), "train": (23.1, 17.3), "bus": (29.7, 16.9), "car": (42.2, 17.7)}


def travel(income=None, car=None):
    rows = table("travel/travel_mode.csv", ";")
    score, cost, customers = {}, {}, {}

    def straight(x, worst, best):
        return 4 * min(1, max(0, (worst - x) / (worst - best)))

    for mode, code in MODE.items():
        mean, sd = (income, 10) if income else RIDERS[mode]
        mine = [row for row in rows if row["mode"] == code]
        a = customers[mode] = [normal(float(row["hinc"]), mean, sd) for row in mine]
        score[mode] = [.3 * straight(float(row["ttme"]), 60, 0) + .7 * straight(float(row["invt"]), 720, 60)
                       for row in mine]
        cost[mode] = math.fsum(w * float(row["invc"]) for w, row in zip(a, mine)) / math.fsum(a)
    if car:
        cost["car"] = car
    return figures(score, cost, customers)


CASES = [(None, travel())]
CASES += [(name + " income" + tail, travel(income, car)) for tail, car in (("", None), (", no car", 120))
          for name, income in (("low", 10), ("middle", 35), ("high", 60))]
WINNERS = {None: ("car", "car"), "low income, no car": ("train", None), "middle income, no car": ("bus", None),
           "high income, no car": ("air", None)}
