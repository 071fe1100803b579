"""What the models' second computations share: reading, shapes, judgements, and F, C and V from their definitions.

SPDX-License-Identifier: GPL-3.0-or-later
Only what python3-minimal has is used, hence neither csv nor json."""
import itertools
import math
import os
import sys

MODELS = sys.argv[2]


def table(path, mark=","):
    with open(os.path.join(MODELS, path), encoding="utf-8") as file:
        head, *rows = [line.rstrip("\n").split(mark) for line in file]
    return [dict(zip(head, row)) for row in rows]


def share(values):
    total = math.fsum(values.values())
    return {key: value / total for key, value in values.items()}


def mean(weights, values):
    return math.fsum(a * x for a, x in zip(weights, values)) / math.fsum(weights)


# ---- shapes of targets, 1 at their peak

def normal(x, middle, sd):
    return math.exp(-0.5 * ((x - middle) / sd) ** 2)


def lognormal(x, median, spread):
    return math.exp(-0.5 * (math.log(x / median) / spread) ** 2)


def triangular(x, low, mode, high):
    return max(0.0, (x - low) / (mode - low) if x < mode else (high - x) / (high - mode))


def trapezoid(x, low, first, last, high):
    return max(0.0, min(1.0, (x - low) / (first - low), (high - x) / (high - last)))


def above(x, at, scale):
    return 1 / (1 + math.exp(-(x - at) / scale))


def logistic(x, middle, scale):
    return 1 / math.cosh((x - middle) / (2 * scale)) ** 2


def student_t(x, middle, scale, df):
    return (1 + ((x - middle) / scale) ** 2 / df) ** (-(df + 1) / 2)


# ---- judgements

def tree(*levels):
    """Weights of the lowest functions: each level is a table of weights, and the parts' tables by function."""
    top, parts = share(levels[0]), levels[1] if len(levels) > 1 else {}
    weight = {}
    for function, w in top.items():
        for part, local in share(parts.get(function, {function: 1})).items():
            weight[part] = w * local
    return weight


def chain(*links):
    """DARE: from the last function upwards."""
    weight, last = {}, 1.0
    for function, ratio in reversed(links):
        weight[function] = last = last * ratio
    return share(weight)


def ahp(pairs):
    """The principal eigenvector, by squaring the matrix of all pairs until it stands still."""
    names = sorted({name for pair in pairs for name in pair[:2]})
    given = {(a, b): r for a, b, r in pairs}
    matrix = [[1.0 if a == b else given[a, b] if (a, b) in given else 1 / given[b, a] for b in names] for a in names]
    for _ in range(60):
        matrix = [[math.fsum(x * y for x, y in zip(row, column)) for column in zip(*matrix)] for row in matrix]
        top = max(map(max, matrix))
        matrix = [[x / top for x in row] for row in matrix]
    return share({name: math.fsum(row) for name, row in zip(names, matrix)})


def centroid(*order):
    """Rank-order centroid."""
    size = len(order)
    return {name: math.fsum(1 / t for t in range(place, size + 1)) / size for place, name in enumerate(order, 1)}


def entropy(columns):
    """How much the options differ in each function: 1 less the entropy of their shares, scaled."""
    spread = []
    for column in columns:
        shares = [x / math.fsum(column) for x in column]
        spread.append(1 + math.fsum(p * math.log(p) for p in shares if p) / math.log(len(column)))
    return [x / math.fsum(spread) for x in spread]


def solve(matrix, right):
    """Gauss with pivots; None where there is no single solution."""
    rows = [list(row) + [b] for row, b in zip(matrix, right)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        if abs(rows[i][i]) < 1e-9:
            return None
        for r in range(len(rows)):
            if r != i and rows[r][i]:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def best_worst(best, worst, best_to_others, others_to_worst):
    """The linear form (Rezaei 2016): the least xi over all corners of |w_best - a w_j| <= xi, |w_j - a w_worst| <= xi."""
    names = [best, *best_to_others]
    at = {name: i for i, name in enumerate(names)}
    pairs = {(best, j): a for j, a in best_to_others.items()} | {(j, worst): a for j, a in others_to_worst.items()}
    sides = []  # rows of coefficients for the weights and xi, each <= 0
    for (i, j), a in pairs.items():
        for sign in (1, -1):
            row = [0.0] * (len(names) + 1)
            row[at[i]], row[at[j]], row[-1] = sign, -sign * a, -1.0
            sides.append(row)
    corners = []
    for chosen in itertools.combinations(sides, len(names)):
        x = solve([[1.0] * len(names) + [0.0], *chosen], [1.0] + [0.0] * len(names))
        if x and min(x) >= -1e-12 and all(math.fsum(c * v for c, v in zip(row, x)) < 1e-12 for row in sides):
            corners.append(x)
    return dict(zip(names, min(corners, key=lambda x: x[-1])))


def parties(*rows):
    """(share, points) of each party; a function that a party leaves out gets nothing from it."""
    shares = math.fsum(row[0] for row in rows)
    weight = {}
    for part, points in rows:
        for function, w in share(points).items():
            weight[function] = weight.get(function, 0) + part / shares * w
    return weight


def tiers(profit, shares, weights):
    """Each customer's weight: the most profitable first, customers of equal profit alike, borders in part."""
    edges = [0.0]
    for part in shares:
        edges.append(edges[-1] + part * len(profit))
    edges.append(float(len(profit)))

    def upto(place):  # all weight of the first `place` customers
        return math.fsum(w * max(0.0, min(place, high) - low) for w, low, high in zip(weights, edges, edges[1:]))

    result = {}
    for x in set(profit):
        before, equal = sum(y > x for y in profit), profit.count(x)
        result[x] = (upto(before + equal) - upto(before)) / equal
    return [result[x] for x in profit]


KANO = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]  # rows: with it, from like to dislike; columns: without it


def kano_counts(rows, people, functional, dysfunctional):
    """How many replies, weighted by customer, fall into each class."""
    count = dict.fromkeys("MOAIRQ", 0.0)
    for a, row in zip(people, rows):
        count[KANO[int(row[functional]) - 1][int(row[dysfunctional]) - 1]] += a
    return count


def kano_class(count):
    """The most frequent; of equals the one that must be fulfilled first."""
    return max("MOAIRQ", key=lambda c: count[c])


def kano_curve(kind, better, worse, score, most):
    """Wang and Ji (2010): satisfaction from worse to better over the degree of fulfilment, put back on 0 .. most."""
    x, e, rise = score / most, math.e, better - worse
    reached = {"O": rise * x + worse, "A": rise / (e - 1) * e ** x - (better - e * worse) / (e - 1),
               "M": -e * rise / (e - 1) * e ** -x + (e * better - worse) / (e - 1)}
    return (reached[kind] - worse) / rise * most if kind in reached else 0.0


def annuity(present, rate, years):
    return present * rate / (1 - (1 + rate) ** -years)


# ---- the method

def figures(score, cost, weight, design=None, out=(), merit=None, plain_score=None):
    """score: option -> customers' weighted scores; cost: option -> money; weight: option -> customers' weights.
    design: how many people each customer stands for; out: who fails a gate; merit: what the rule ranks by, None for
    who cannot be best; plain_score: the scores where all customers count alike, if function weights hang on them."""
    people = design or [1.0] * len(next(iter(weight.values())))
    full = {o: [a * q for a, q in zip(weight[o], people)] for o in score}
    target = share({o: mean(full[o], score[o]) for o in score})
    plain = share({o: mean(people, scores) for o, scores in (plain_score or score).items()})
    money = share(cost)
    value = {o: target[o] / money[o] for o in score}
    chosen = {o: merit(o) if merit else value[o] for o in score if o not in out}
    order = sorted((o for o in chosen if chosen[o] is not None), key=chosen.get, reverse=True)
    return {o: {
        "cost": cost[o],
        "cost_coefficient": money[o],
        "function_score": mean(full[o], score[o]),
        "function_coefficient": target[o],
        "value_index": value[o],
        "rank": order.index(o) + 1 if o in order else None,
        "feasible": "false" if o in out else "true",
        "effective_customers": math.fsum(full[o]) ** 2 / math.fsum(a * a for a in full[o]),
        "weight_share": mean(people, weight[o]),
        "undifferentiated_function_coefficient": plain[o],
    } for o in score}


def fails(rows, options, weight, function, minimum):
    """The options whose mean score on a function is below its gate."""
    return {o for o in options
            if mean(weight[o], [float(row["%s_%s" % (o, function)]) for row in rows]) < minimum}


def weighted(rows, options, weights):
    """Each customer's weighted score of each option; columns are option_function."""
    return {o: [math.fsum(w * float(row["%s_%s" % (o, f)]) for f, w in weights.items()) for row in rows]
            for o in options}


def experts(weight, score, cost):
    """Scores of experts, weights of one list: no survey."""
    total = math.fsum(weight)
    rows = figures({o: [math.fsum(w * s for w, s in zip(weight, row)) / total] for o, row in score.items()}, cost,
                   {o: [1.0] for o in score})
    for row in rows.values():
        del row["weight_share"]  # no survey, no reach
    return rows
