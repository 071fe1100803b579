"""Service levels of an electricity company: the figures a second way.

SPDX-License-Identifier: GPL-3.0-or-later"""
from second_way import above, fails, figures, logistic, mean, parties, table, weighted

ROWS = table("electricity/survey.csv")
COST = {"自助": (34 + 38 + 48) / 3, "标准": (46 + 50 + 57) / 3, "优先": (58 + 64 + 76) / 3, "专属": (84 + 92 + 106) / 3}
POINTS = {  # 0-4 by levels; points; 0-1 with 1 more; shares of ten
    "居民": {"抢修": 14, "答复": 9, "账单": 9, "报装": 4, "节能": 4},
    "企业": {"抢修": 40, "报装": 25, "答复": 15, "节能": 12, "账单": 8},
    "供电公司": {"抢修": 5, "答复": 4, "报装": 3, "账单": 2, "节能": 1},
    "监管": {"抢修": 28, "报装": 18, "答复": 18, "账单": 23, "节能": 13},
}


def electricity(companies=.3, gate=2.5, shops=.3, by_value=False):
    people = [(row["类别"], float(row["用电"])) for row in ROWS]
    homes = {"居民": 1, "商铺": shops, "工厂": 0}
    firms = {"居民": .2, "商铺": 1, "工厂": 1}
    target = {"自助": [homes[kind] for kind, _ in people],
              "标准": [1.0 for _ in people],
              "优先": [firms[kind] * logistic(use, 40, 20) for kind, use in people],
              "专属": [(kind == "工厂") * above(use, 120, 30) for kind, use in people]}
    most = max(target["专属"])  # no bound of its own, so its peak is that of the survey
    target["专属"] = [a / most for a in target["专属"]]
    weights = parties(*((part, POINTS[name]) for name, part in
                        (("居民", .3), ("企业", companies), ("供电公司", .2), ("监管", .2))))
    score = weighted(ROWS, COST, weights)

    def cheap(option):
        return -COST[option] if mean(target[option], score[option]) >= 2.4 else None

    return figures(score, COST, target, out=fails(ROWS, COST, target, "抢修", gate), merit=None if by_value else cheap)


CASES = [
    (None, electricity()),
    ("按价值选", electricity(by_value=True)),
    ("抢修门槛降到 2", electricity(gate=2)),
    ("企业说了算", electricity(companies=.7)),
    ("自助只面向居民", electricity(shops=0)),
]
WINNERS = {None: ("标准", "标准"), "按价值选": ("标准", None), "抢修门槛降到 2": ("自助", None),
           "企业说了算": ("标准", None)}
