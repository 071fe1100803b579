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


def figures(score, cost, weight, alike=None, out=()):
    """score: option -> customers' weighted scores; cost: option -> money; weight: option -> customers' weights, and
    what they are without positioning; out: options that fail a gate."""
    alike = alike or {o: [1.0] * len(a) for o, a in weight.items()}

    def coefficient(by):
        return share({o: math.fsum(a * g for a, g in zip(by[o], score[o])) / math.fsum(by[o]) for o in score})

    target, plain, money = coefficient(weight), coefficient(alike), share(cost)
    value = {o: target[o] / money[o] for o in score}
    order = sorted((o for o in value if o not in out), key=value.get, reverse=True)
    return {o: {
        "cost": cost[o],
        "cost_coefficient": money[o],
        "function_score": math.fsum(a * g for a, g in zip(weight[o], score[o])) / math.fsum(weight[o]),
        "function_coefficient": target[o],
        "value_index": value[o],
        **({} if o in out else {"rank": order.index(o) + 1}),
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


# ---- models with a survey of one row per customer

def surveyed(model, weight, cost, target, reach=True, alike=None, out=(), own=None):
    """weight: function -> weight; target: option -> weight of a row; own: option -> function weights of its own."""
    rows = table(os.path.join(MODELS, model, "survey.csv"), ",")
    local = {o: share((own or {}).get(o, weight)) for o in cost}
    score = {o: [math.fsum(w * float(row[o + "_" + k]) for k, w in local[o].items()) for row in rows] for o in cost}
    customers = {o: [target[o](row) if o in target else 1.0 for row in rows] for o in cost}
    before = {o: [alike(row) for row in rows] for o in cost} if alike else None
    result = figures(score, cost, customers, before, out)
    for row in result.values():
        if not reach:
            del row["weight_share"]
    return result


def number(name, shape):
    return lambda row: shape(float(row[name]))


def joint(row, mean, sd, rho):
    a, b = ((float(row[k]) - m) / s for k, m, s in zip(("age", "income"), mean, sd))
    return math.exp(-(a * a - 2 * rho * a * b + b * b) / (2 * (1 - rho * rho)))


def lognormal(median, spread):
    return lambda x: math.exp(-0.5 * (math.log(x / median) / spread) ** 2)


# ---- car: AHP weights by power iteration

def ahp(names, pairs):
    size = len(names)
    matrix = [[1.0] * size for _ in names]
    for (i, j), value in pairs.items():
        matrix[i][j], matrix[j][i] = value, 1 / value
    vector = [1.0] * size
    for _ in range(500):
        vector = [math.fsum(m * v for m, v in zip(row, vector)) for row in matrix]
        total = math.fsum(vector)
        vector = [v / total for v in vector]
    return dict(zip(names, vector))


CAR = ahp(["safety", "space", "comfort", "range", "image"], {
    (0, 1): 3, (0, 2): 3, (0, 3): 2, (0, 4): 5, (1, 2): 1, (1, 3): .5, (1, 4): 2, (2, 3): .5, (2, 4): 2, (3, 4): 3})


def car(cost={}, family=(38, 230), weight=CAR):
    young = lambda row: normal(float(row["age"]), 28, 6) * lognormal(130, .35)(float(row["income"]))
    return surveyed("car", weight, {"A": 11.8, "B": 14.2, "C": 17.5, **cost}, {
        "A": young, "B": lambda row: joint(row, family, (6, 70), .4),
        "C": lambda row: joint(row, (47, 380), (9, 100), 0)}, reach=False)


# ---- bank: DARE, parts, a life-cycle cost

def bank(at=150, hours=(8, 10), rate=.06):
    chain = [1.5, .8, 1.25, 1]
    weight = {k: math.prod(chain[i:]) for i, k in enumerate(("credit", "speed", "advice", "online"))}
    yearly = 24 * rate / (1 - (1 + rate) ** -8) + 6.5

    def trapezoid(x):
        return max(0, min(1, (x - 10) / 20, (300 - x) / 180))

    return surveyed("bank", weight, {"basic": .4 * hours[0] + 2.3, "growth": .4 * hours[1] + 2.4 + 1.2, "treasury": yearly},
                    {"basic": number("turnover", lognormal(15, .8)), "growth": number("turnover", trapezoid),
                     "treasury": number("turnover", lambda x: 1 / (1 + math.exp(-(x - at) / 40)))})


# ---- electricity: three parties, categories, a gate

PARTIES = [(.3, {"restore": 10, "notice": 6, "answer": 2, "bill": 6}),  # 0-4: levels 0, 1, 2, 1
           (.5, {"restore": 45, "notice": 20, "answer": 20, "bill": 15}),
           (.2, {"restore": 4, "notice": 2, "answer": 1, "bill": 3})]  # 0-1, corrected


def electricity(cost={}, out=()):
    weight = {k: math.fsum(p * share(points)[k] for p, points in PARTIES) for k in PARTIES[0][1]}
    kind = {"standard": {"home": 1, "shop": .3, "factory": 0}, "priority": {"home": .2, "shop": 1, "factory": .4},
            "premium": {"home": 0, "shop": .3, "factory": 1}}
    return surveyed("electricity", weight, {"standard": 3.2, "priority": 4.6, "premium": 6.4, **cost},
                    {o: (lambda row, of=of: of[row["kind"]]) for o, of in kind.items()}, out=out)


# ---- shop: complement-10, tiers by profit

def shop(weights=(4, 2, 1, .5), concierge=52):
    weight = {"price": 5 + 6 + 6, "speed": 5 + 6 + 7, "returns": 4 + 4 + 5, "help": 4 + 3 + 5}
    order = sorted((float(row["profit"]) for row in table(os.path.join(MODELS, "shop", "survey.csv"), ",")), reverse=True)
    tier = {profit: weights[0 if i < 2 else 1 if i < 10 else 2 if i < 40 else 3] for i, profit in enumerate(order)}
    count = lambda row: tier[float(row["profit"])]
    return surveyed("shop", weight, {"basic": 38, "plus": 45, "concierge": concierge},
                    {o: count for o in ("basic", "plus", "concierge")}, reach=False, alike=count)


# ---- software: consistent best-worst judgements, all that the customer pays, a mixture

def software(cost={}, small=.6):
    setup = 12 * .08 / (1 - 1.08 ** -5)
    whole = {"desk": 9 + .09 * 130, "suite": 13 + .09 * 60 + 2.2 + setup, "cloud": 15 + .09 * 25 + 1.1, **cost}

    def two_kinds(x):
        return small / (small + .4) * normal(x, 20, 10) / 10 + .4 / (small + .4) * normal(x, 220, 80) / 80

    return surveyed("software", {"fit": 8, "ease": 4, "connect": 2, "support": 1}, whole,
                    {"desk": number("staff", lognormal(16, .6)), "suite": number("staff", lognormal(260, .5)),
                     "cloud": number("staff", two_kinds)}, reach=False)


# ---- concept: rank-order centroid, Kano's classes

RANKED = {k: math.fsum(1 / t for t in range(r, 5)) / 4 for r, k in enumerate(("arrive", "quiet", "track", "points"), 1)}
KANO = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]


def kano_weights(target):
    rows = table(os.path.join(MODELS, "concept", "survey.csv"), ",")
    weight = {}
    for k, w in RANKED.items():
        count = dict.fromkeys("MOAIRQ", 0.0)
        for row in rows:
            count[KANO[int(row[k + "_with"]) - 1][int(row[k + "_without"]) - 1]] += target(row)
        valid = math.fsum(count[c] for c in "MOAI")
        weight[k] = w * max((count["A"] + count["O"]) / valid, (count["O"] + count["M"]) / valid)
    return weight


def concept(out=(), locker=5.1, by_kano=False):
    age = {"bike": (32, 10), "van": (60, 10), "locker": (28, 8)}
    target = {o: number("age", lambda x, m=m, s=s: normal(x, m, s)) for o, (m, s) in age.items()}
    result = surveyed("concept", RANKED, {"bike": 9.5, "van": 8.4, "locker": locker}, target, out=out,
                      own={o: kano_weights(target[o]) for o in age} if by_kano else None)
    for row in result.values() if by_kano else ():
        del row["undifferentiated_function_coefficient"]  # weights are others there too
    return result


# ---- loyalty

def loyalty(median=5, rooms=258):
    return surveyed("loyalty", {"room": 4, "staff": 3, "food": 1, "value": 2}, {"now": 210, "training": 226, "rooms": rooms},
                    {"training": number("visits", lognormal(median, .8))})


def lifetime(rows, price=360, most=.8, discount=.08, tells=.3):
    """What the model's own study makes of the function scores."""
    result = {}
    for option, row in rows.items():
        satisfied = row["function_score"] / 4
        back = most * satisfied ** 4
        value = (price - row["cost"]) / (1 - back / (1 + discount))
        result[option] = {"satisfaction": satisfied, "repurchase": back, "lifetime_value": value,
                          "with_word_of_mouth": value * (1 + tells * max(0, 2 * satisfied - 1))}
    return result


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
    ("car", None, car()),
    ("car", "电池涨价", car(cost={"A": 12.6, "B": 15.4, "C": 18.9})),
    ("car", "远行转向年轻家庭", car(family=(32, 180))),
    ("car", "最看重续航", car(weight={k: .5 if k == "range" else w * .5 / (1 - CAR["range"]) for k, w in CAR.items()})),
    ("bank", None, bank()),
    ("bank", "treasury for smaller companies", bank(at=80)),
    ("bank", "advice by telephone", bank(hours=(6, 6))),
    ("bank", "money at 10 %", bank(rate=.10)),
    ("electricity", None, electricity()),
    ("electricity", "a stricter licence", electricity(out=("standard",))),
    ("electricity", "no gate", electricity()),
    ("electricity", "crews on call", electricity(cost={"standard": 3.5, "priority": 4.9})),
    ("shop", None, shop()),
    ("shop", "一视同仁", shop(weights=(1, 1, 1, 1))),
    ("shop", "只看前 20 %", shop(weights=(4, 2, 1, 0))),
    ("shop", "管家用机器人", shop(concierge=46)),
    ("software", None, software()),
    ("software", "only the price counts", software(cost={"desk": 9, "suite": 13, "cloud": 15})),
    ("software", "cloud 20 % cheaper", software(cost={"cloud": 12 + .09 * 25 + 1.1})),
    ("software", "cloud for large companies", software(small=.1)),
    ("concept", None, concept(out=("locker",))),
    ("concept", "no screening", concept()),
    ("concept", "weights by Kano", concept(by_kano=True)),
    ("concept", "lockers next door", concept(out=("locker",), locker=7.9)),
    ("loyalty", None, loyalty()),
    ("loyalty", "for first guests", loyalty(median=1)),
    ("loyalty", "renewal goes over budget", loyalty(rooms=290)),
]

# Studies that a model brings along: model, study, plugin file, figures.
STUDIES = [("loyalty", "loyalty", "loyalty_study.lua", lifetime(loyalty()))]

# As published (exact values): V of the designs, and the option named best.
PUBLISHED = {
    "building": ({"A": 0.904264724108016, "B": 1.1346820602637882, "C": 0.9893157153053568}, "B"),
    "exhibition": ({"A": 0.9634284420289855, "B": 0.9481774264382961, "C": 1.0952209845490477}, "C"),
}

# What the models' pages say: who wins with positioning, and who if all customers counted alike.
WINNERS = {("housing", None): ("A", "B"), ("travel", None): ("car", "car"),
           ("travel", "low income, no car"): ("train", None), ("travel", "middle income, no car"): ("bus", None),
           ("travel", "high income, no car"): ("air", None)}


def run(model, scenario, study="run", plugin=None):
    command = [PROGRAM, study, os.path.join(MODELS, model, model + ".lua"), "--format", "csv"]
    command += ["--plugin", os.path.join(MODELS, model, plugin)] if plugin else []
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
    for model, study, plugin, expected in STUDIES:
        for fault in differences(expected, run(model, None, study, plugin)):
            wrong += 1
            print("%s: %s: %s" % (model, study, fault))
        count += sum(len(columns) for columns in expected.values())
    print("%d figures of %d cases, %d faults" % (count, len(CASES), wrong))
    return 1 if wrong else 0


sys.exit(main())
