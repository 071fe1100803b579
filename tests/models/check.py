"""Every model of models/, and each of its scenarios, against a computation that shares no line with the program.

SPDX-License-Identifier: GPL-3.0-or-later
check.py VESCORE MODELS: exit status 1 if any figure differs by more than 1e-12 of itself.
Only what python3-minimal has is used, hence neither csv nor json."""
import math
import os
import subprocess
import sys

PROGRAM, MODELS = sys.argv[1], sys.argv[2]


def table(path, mark):
    with open(path, encoding="utf-8") as file:
        head, *rows = [line.rstrip("\n").split(mark) for line in file]
    return [dict(zip(head, row)) for row in rows]


def share(values):
    total = math.fsum(values.values())
    return {key: value / total for key, value in values.items()}


def normal(x, mean, sd):
    return math.exp(-0.5 * ((x - mean) / sd) ** 2)


def figures(score, cost, weight):
    """score: option -> customers' weighted scores; cost: option -> money; weight: option -> customers' weights."""
    alike = {o: [1.0] * len(a) for o, a in weight.items()}

    def coefficient(by):
        return share({o: math.fsum(a * g for a, g in zip(by[o], score[o])) / math.fsum(by[o]) for o in score})

    target, plain, money = coefficient(weight), coefficient(alike), share(cost)
    value = {o: target[o] / money[o] for o in score}
    order = sorted(value, key=value.get, reverse=True)
    return {o: {
        "cost": cost[o],
        "cost_coefficient": money[o],
        "function_score": math.fsum(a * g for a, g in zip(weight[o], score[o])) / math.fsum(weight[o]),
        "function_coefficient": target[o],
        "value_index": value[o],
        "rank": order.index(o) + 1,
        "effective_customers": math.fsum(weight[o]) ** 2 / math.fsum(a * a for a in weight[o]),
        "weight_share": math.fsum(weight[o]) / len(weight[o]),
        "undifferentiated_function_coefficient": plain[o],
    } for o in score}


# ---- housing

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
    rows = table(os.path.join(MODELS, "housing", "survey.csv"), ",")
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


# ---- travel

MODE = {"air": "1", "train": "2", "bus": "3", "car": "4"}
RIDERS = {"air": (41.7, 19.1), "train": (23.1, 17.3), "bus": (29.7, 16.9), "car": (42.2, 17.7)}


def travel(income=None, car=None):
    rows = table(os.path.join(MODELS, "travel", "travel_mode.csv"), ";")
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


# ---- building, exhibition: scores of experts, weights of one list

def experts(weight, score, cost):
    total = math.fsum(weight)
    rows = figures({o: [math.fsum(w * s for w, s in zip(weight, row)) / total] for o, row in score.items()}, cost,
                   {o: [1.0] for o in score})
    for row in rows.values():
        del row["weight_share"]  # no survey, no reach
    return rows


BUILDING = {"A": [10, 10, 8, 9, 9], "B": [10, 10, 9, 8, 7], "C": [8, 9, 7, 7, 8]}
EXHIBITION = {"A": [9, 8, 8, 7, 10], "B": [8, 7, 10, 6, 9], "C": [9, 8, 10, 8, 8]}


def building(cost={}, weight=(.25, .05, .25, .35, .10)):
    return experts(weight, BUILDING, {"A": 1438, "B": 1108, "C": 1082, **cost})


def exhibition(cost={}, weight=(10, 5, 15, 5, 5)):
    return experts(weight, EXHIBITION, {"A": 2560, "B": 2640, "C": 2420, **cost})


CASES = [
    ("housing", None, housing()),
    ("housing", "A moves down", housing(mean={"A": 7000})),
    ("housing", "B moves upmarket", housing(mean={"B": 8000})),
    ("housing", "narrow targets", housing(sd=2000)),
    ("housing", "A dearer by 15 %", housing(cost={"A": 2875})),
    ("housing", "user decides", housing(user=0.75)),
    ("travel", None, travel()),
    *[("travel", name + " income" + tail, travel(income, car)) for tail, car in (("", None), (", no car", 120))
      for name, income in (("low", 10), ("middle", 35), ("high", 60))],
    ("building", None, building()),
    ("building", "A 造价降低 20 %", building(cost={"A": 1150.4})),
    ("building", "面积优先", building(weight=[w * .4 / .65 for w in (.25, .05, .25)] + [.6, .1 * .4 / .65])),
    ("exhibition", None, exhibition()),
    ("exhibition", "C dearer by 10 %", exhibition(cost={"C": 2662})),
    ("exhibition", "landscape counts less", exhibition(weight=(12, 7, 7, 7, 7))),
]

# As published (exact values): V of the designs, and the option named best.
PUBLISHED = {
    "building": ({"A": 0.904264724108016, "B": 1.1346820602637882, "C": 0.9893157153053568}, "B"),
    "exhibition": ({"A": 0.9634284420289855, "B": 0.9481774264382961, "C": 1.0952209845490477}, "C"),
}

# What the models' pages say: who wins with positioning, and who if all customers counted alike.
WINNERS = {("housing", None): ("A", "B"), ("travel", None): ("car", "car"),
           ("travel", "low income, no car"): ("train", None), ("travel", "middle income, no car"): ("bus", None),
           ("travel", "high income, no car"): ("air", None)}


def run(model, scenario):
    command = [PROGRAM, "run", os.path.join(MODELS, model, model + ".lua"), "--format", "csv"]
    done = subprocess.run(command + (["--scenario", scenario] if scenario else []), stdout=subprocess.PIPE)
    if done.returncode:
        return {}
    head, *rows = [line.split(",") for line in done.stdout.decode().replace("\r", "").rstrip("\n").split("\n")]
    return {row[0]: dict(zip(head, row)) for row in rows}


def differences(expected, real):
    for option, columns in expected.items():
        for column, value in columns.items():
            text = real.get(option, {}).get(column, "")
            if not text or abs(float(text) - value) > 1e-12 * max(1, abs(value)):
                yield "%s %s is %s, should be %r" % (option, column, text or "missing", value)


def first(real, column):
    return next((option for option, row in real.items() if row.get(column) == "1"), None)


def main():
    wrong = count = 0
    for model, scenario, expected in CASES:
        real = run(model, scenario)
        faults = list(differences(expected, real))
        if not scenario and model in PUBLISHED:
            value, best = PUBLISHED[model]
            faults += differences({o: {"value_index": v} for o, v in value.items()}, real)
            faults += [] if first(real, "rank") == best else ["the published best is " + best]
        best, alike = WINNERS.get((model, scenario), (None, None))
        if best and first(real, "rank") != best:
            faults.append("%s should win" % best)
        if alike and first(real, "undifferentiated_rank") != alike:
            faults.append("%s should win if all customers counted alike" % alike)
        count += sum(len(columns) for columns in expected.values())
        wrong += len(faults)
        for fault in faults:
            print("%s%s: %s" % (model, " (%s)" % scenario if scenario else "", fault))
    print("%d figures of %d cases, %d faults" % (count, len(CASES), wrong))
    return 1 if wrong else 0


sys.exit(main())
