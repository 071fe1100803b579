"""Write the made-up surveys of the models again, each by a fixed formula and a fixed seed.

SPDX-License-Identifier: GPL-3.0-or-later
made_up.py          writes every survey
made_up.py --check  writes nothing; exit status 1 if a survey is not what its formula gives

Each model's page says the formula in words. No answer here was given by anybody."""
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class Chance:
    """Numbers by chance that are the same everywhere: x <- 48271 x mod 2^31 - 1 (Park and Miller 1988, 1993)."""

    def __init__(self, seed):
        self.state = seed

    def flat(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647

    def bell(self):
        """Nearly normal, mean 0 and sd 1: the sum of twelve less six."""
        return sum(self.flat() for _ in range(12)) - 6

    def pick(self, shares):
        place = self.flat() * sum(shares.values())
        for name, share in shares.items():
            place -= share
            if place < 0:
                return name
        return name


def score(x, low=0, high=4):
    """The whole number next to x, within the scale."""
    return min(high, max(low, math.floor(x + 0.5)))


def near(x, step):
    return step * math.floor(x / step + 0.5)


def column_names(options, functions):
    return ["%s_%s" % (option, function) for option in options for function in functions]


# ---- car: 240 drivers; income rises with age, likings hang on age and income

CAR = {  # at age 38 and an income of 12000; then what ten years and a doubled income add
    "young":   {"power": (2.4, -.3, 0), "handling": (2.6, -.3, 0), "economy": (3.3, 0, -.1), "seats": (2.0, -.2, -.2),
                "boot": (1.8, -.2, -.1), "safe": (2.5, -.1, -.1), "smart": (2.6, -.3, 0), "look": (2.7, -.5, -.2)},
    "family":  {"power": (2.3, .1, -.1), "handling": (2.4, .1, 0), "economy": (2.8, 0, -.1), "seats": (3.2, .2, 0),
                "boot": (3.3, .2, 0), "safe": (3.1, .1, 0), "smart": (2.4, .1, -.1), "look": (2.4, .2, -.1)},
    "sport":   {"power": (3.3, -.3, .1), "handling": (3.3, -.2, .1), "economy": (1.8, 0, .2), "seats": (2.1, -.3, 0),
                "boot": (1.8, -.2, .1), "safe": (2.7, -.1, .1), "smart": (3.0, -.2, .1), "look": (3.3, -.4, .2)},
    "comfort": {"power": (2.8, .1, .1), "handling": (2.7, .1, .1), "economy": (2.1, .1, .2), "seats": (3.2, .3, .3),
                "boot": (2.8, .1, .1), "safe": (3.1, .2, .2), "smart": (3.0, .0, .3), "look": (2.8, .3, .3)},
}


def car():
    chance = Chance(2101)
    yield ["driver", "age", "income"] + column_names(CAR, CAR["young"])
    for driver in range(1, 241):
        age = math.floor(20 + 45 * (chance.flat() + chance.flat()) / 2)
        income = near(11000 * math.exp(.012 * (age - 40) + .5 * chance.bell()), 100)
        decades, doublings = (age - 38) / 10, math.log2(income / 12000)
        yield [driver, age, income] + [score(start + by_age * decades + by_income * doublings + .6 * chance.bell())
                                       for likes in CAR.values() for start, by_age, by_income in likes.values()]


# ---- bank: 160 companies; large ones were asked more often than there are of them; likings hang on turnover

BANK = {  # at a turnover of 25; then what a doubled turnover adds
    "start": {"cash": (1.5, -.25), "pay": (2.2, -.25), "speed": (3.3, -.1), "advice": (1.1, -.15), "report": (2.3, -.2)},
    "line":  {"cash": (3.3, -.1), "pay": (2.4, -.1), "speed": (2.9, -.1), "advice": (1.9, -.1), "report": (2.5, 0)},
    "trade": {"cash": (2.5, .1), "pay": (3.4, .1), "speed": (2.4, 0), "advice": (2.6, .1), "report": (2.9, .1)},
    "desk":  {"cash": (2.8, .15), "pay": (2.8, .1), "speed": (2.5, .15), "advice": (3.3, .1), "report": (2.8, .15)},
}


def bank():
    chance = Chance(2102)
    yield ["company", "turnover", "stands_for"] + column_names(BANK, BANK["start"])
    sizes = [(60, .5, 10, 42), (60, 10, 80, 9), (40, 80, 640, 2)]  # how many, from, to, companies behind each answer
    for company, (low, high, stands_for) in enumerate((size[1:] for size in sizes for _ in range(size[0])), 1):
        turnover = near(low * (high / low) ** chance.flat(), .1)
        doublings = math.log2(turnover / 25)
        yield ["B%03d" % company, "%.1f" % turnover, stands_for] + [
            score(start + slope * doublings + .6 * chance.bell())
            for likes in BANK.values() for start, slope in likes.values()]


# ---- electricity: 180 customers of three kinds; likings hang on the kind

ELECTRICITY = {  # homes, shops, factories
    "自助": {"抢修": (2.5, 2.0, 1.5), "报装": (2.8, 2.2, 1.4), "答复": (2.4, 2.0, 1.2), "账单": (3.2, 2.8, 2.0),
             "节能": (2.3, 1.8, 1.2)},
    "标准": {"抢修": (3.0, 2.7, 2.4), "报装": (2.8, 2.6, 2.0), "答复": (3.1, 2.8, 2.2), "账单": (3.1, 2.9, 2.3),
             "节能": (2.3, 2.0, 1.7)},
    "优先": {"抢修": (3.2, 3.4, 3.1), "报装": (2.8, 3.2, 2.8), "答复": (3.2, 3.2, 2.8), "账单": (2.9, 3.1, 2.8),
             "节能": (2.3, 2.5, 2.5)},
    "专属": {"抢修": (3.2, 3.4, 3.7), "报装": (2.7, 3.1, 3.6), "答复": (2.9, 3.2, 3.7), "账单": (2.7, 3.0, 3.4),
             "节能": (2.4, 2.8, 3.5)},
}


def electricity():
    chance = Chance(2103)
    yield ["户号", "类别", "用电"] + column_names(ELECTRICITY, ELECTRICITY["自助"])
    kinds = [("居民", 90, 3.2, .4), ("商铺", 55, 28, .6), ("工厂", 35, 220, .7)]  # how many, median use, spread
    number = 0
    for place, (kind, count, median, spread) in enumerate(kinds):
        for _ in range(count):
            number += 1
            use = near(median * math.exp(spread * chance.bell()), .1)
            yield ["H%03d" % number, kind, "%.1f" % use] + [
                score(likes[place] + .7 * chance.bell()) for level in ELECTRICITY.values() for likes in level.values()]


# ---- shop: 220 customers; who orders more brings more profit, and cares less for the price

SHOP = {  # at 12 orders a year; then what twice as many orders add
    "basic":   {"price": (3.4, 0), "help": (1.6, -.2), "back": (1.8, -.2)},
    "care":    {"price": (2.5, .1), "help": (3.2, 0), "back": (3.1, 0)},
    "express": {"price": (1.5, .3), "help": (2.4, .1), "back": (2.8, .1)},
}
MATTERS = {"price": (6.5, -.8), "speed": (5.0, .7), "help": (5.0, .2), "back": (4.5, .1)}
DAYS = {"basic": (4.6, 1.2), "care": (3.0, .8), "express": (.9, .5)}  # mean and sd


def shop():
    chance = Chance(2104)
    yield (["customer", "orders", "profit"] + ["matters_" + function for function in MATTERS]
           + column_names(SHOP, SHOP["basic"]) + [option + "_days" for option in SHOP])
    for customer in range(1, 221):
        orders = max(1, near(12 * math.exp(.7 * chance.bell()), 1))
        doublings = math.log2(orders / 12)
        profit = near(6 * orders ** 1.3 * math.exp(.5 * chance.bell()) - 60, 1)
        yield (["C%03d" % customer, orders, profit]
               + [score(start + slope * doublings + chance.bell(), 1, 9) for start, slope in MATTERS.values()]
               + [score(start + slope * doublings + .6 * chance.bell())
                  for likes in SHOP.values() for start, slope in likes.values()]
               + ["%.1f" % max(.1, near(middle + spread * chance.bell(), .1)) for middle, spread in DAYS.values()])


# ---- software: 150 companies, small and large; what they like and the hours they lose hang on their size

SOFTWARE = {  # at 60 people; then what a doubled staff adds
    "desk":  {"fit": (2.2, -.35), "ease": (3.2, -.2), "connect": (1.4, -.2), "support": (1.9, -.2)},
    "suite": {"fit": (2.8, .25), "ease": (2.2, .1), "connect": (3.0, .2), "support": (2.6, .15)},
    "cloud": {"fit": (2.7, .05), "ease": (3.1, 0), "connect": (2.6, .1), "support": (2.5, .05)},
}
HOURS = {"desk": (14, 1.5), "suite": (7, -.8), "cloud": (5, 0)}  # of work by hand, a user and year


def software():
    chance = Chance(2105)
    yield (["company", "staff"] + column_names(SOFTWARE, SOFTWARE["desk"]) + [option + "_hours" for option in SOFTWARE])
    for company in range(1, 151):
        middle, spread = (18, .5) if company <= 90 else (240, .45)
        staff = max(3, near(middle * math.exp(spread * chance.bell()), 1))
        doublings = math.log2(staff / 60)
        yield (["S%03d" % company, staff]
               + [score(start + slope * doublings + .6 * chance.bell())
                  for likes in SOFTWARE.values() for start, slope in likes.values()]
               + ["%.1f" % max(0, near(start + slope * doublings + 2 * chance.bell(), .5))
                  for start, slope in HOURS.values()])


# ---- concept: 120 people; their Kano classes are drawn by given shares, and answers that make the class

CONCEPT = {  # up to 50 years of age; then what being older adds
    "bike":   ({"arrive": 3.1, "track": 2.2, "quiet": 3.4, "points": 2.2}, 0),
    "van":    ({"arrive": 2.6, "track": 3.0, "quiet": 1.7, "points": 2.4}, .3),
    "locker": ({"arrive": 1.6, "track": 2.8, "quiet": 3.5, "points": 3.0}, -.6),
}
CLASSES = {  # shares of Kano's classes; of "track" the old think otherwise
    "arrive": {"M": .62, "O": .25, "A": .03, "I": .08, "Q": .02},
    "track":  {"A": .52, "O": .25, "M": .05, "I": .18},
    "track, older": {"I": .55, "A": .18, "O": .1, "R": .12, "M": .05},
    "quiet":  {"O": .55, "M": .15, "A": .15, "I": .15},
    "points": {"I": .6, "A": .25, "R": .12, "Q": .03},
}
ANSWERS = {"M": ((2, 5), (3, 5), (4, 5)), "O": ((1, 5),), "A": ((1, 2), (1, 3), (1, 4)), "R": ((5, 1), (4, 1)),
           "I": ((3, 3), (3, 4), (2, 3), (4, 3)), "Q": ((1, 1),)}


def concept():
    chance = Chance(2106)
    functions = ("arrive", "track", "quiet", "points")
    yield (["person", "age"] + [function + end for function in functions for end in ("_with", "_without")]
           + column_names(CONCEPT, functions))
    for person in range(1, 121):
        age = min(79, max(18, near(42 + 15 * chance.bell(), 1)))
        older = age > 50
        answers = []
        for function in functions:
            kind = chance.pick(CLASSES[function + (", older" if older and function == "track" else "")])
            answers += ANSWERS[kind][int(chance.flat() * len(ANSWERS[kind]))]
        yield (["K%03d" % person, age] + answers
               + [score(likes[function] + older * more + .6 * chance.bell())
                  for likes, more in CONCEPT.values() for function in functions])


# ---- loyalty: 140 guests; some are harder to please than others

LOYALTY = {  # and what having stayed five times or more adds
    "now":      ({"room": 2.6, "staff": 2.4, "food": 2.5, "value": 2.8}, 0),
    "training": ({"room": 2.6, "staff": 3.4, "food": 2.8, "value": 2.8}, .15),
    "rooms":    ({"room": 3.5, "staff": 2.5, "food": 2.5, "value": 2.4}, -.05),
}


def loyalty():
    chance = Chance(2107)
    yield ["guest", "visits"] + column_names(LOYALTY, LOYALTY["now"][0])
    for guest in range(1, 141):
        visits = 1 + math.floor(-2.5 * math.log(chance.flat()))
        pleased = .35 * chance.bell()
        yield ["G%03d" % guest, visits] + [
            score(start + pleased + (visits >= 5) * more + .6 * chance.bell())
            for likes, more in LOYALTY.values() for start in likes.values()]


SURVEYS = {
    "car/survey.csv": car,
    "bank/survey.csv": bank,
    "electricity/survey.csv": electricity,
    "shop/survey.csv": shop,
    "software/survey.csv": software,
    "concept/survey.csv": concept,
    "loyalty/survey.csv": loyalty,
}


def text(rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def main():
    wrong = 0
    for name, rows in SURVEYS.items():
        path, made = os.path.join(HERE, name), text(rows())
        if "--check" not in sys.argv:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(made)
            continue
        with open(path, encoding="utf-8", newline="") as file:
            if file.read() != made:
                wrong += 1
                print("%s is not what made_up.py writes" % name)
    return 1 if wrong else 0


sys.exit(main())
