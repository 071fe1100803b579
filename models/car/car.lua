-- 一个平台，四种车型：先做哪一种？按年龄和收入定位
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One platform, four cars: which to build first? The survey is MADE UP (models/made_up.py), and so are costs,
-- weights and targets. See README.md, or README.zh.md in Chinese.
return ve.model {
  title      = "新车型定位",
  currency   = "千元/辆",
  attributes = { income = "元/月", age = "岁" },

  functions = {
    -- 环比评分：每项功能是下一项的几倍
    weights = ve.ratio_chain { { "safe", 1.2 }, { "space", 1.1 }, { "drive", 1.5 }, { "smart", 1.25 }, { "look" } },
    { id = "safe",  name = "安全", minimum = 2 }, -- 安全不到 2 分的车，价值再高也不能选
    { id = "space", name = "空间", parts = {
        { id = "seats", name = "座椅", weight = 0.6 },
        { id = "boot",  name = "行李", weight = 0.4 } } },
    { id = "drive", name = "行驶", parts = {
        weights = ve.ahp { pairs = { { "economy", "power", 2 }, { "economy", "handling", 4 }, { "power", "handling", 3 } } },
        { id = "economy",  name = "能耗" },
        { id = "power",    name = "动力" },
        { id = "handling", name = "操控" } } },
    { id = "smart", name = "智能" },
    { id = "look",  name = "外观" },
  },

  -- 成本是单车目标成本，尚未确定：平均值和标准差
  options = {
    { id = "young", name = "青春版", cost = ve.normal { mean = 88, sd = 3 },
      target = ve.product { parts = { -- 收入 7000 上下，年龄 26 上下
        ve.lognormal { by = "income", median = 7000, spread = 0.4 },
        ve.normal { mean = { age = 26 }, sd = { age = 5 } } } } },

    { id = "family", name = "家庭版", cost = ve.normal { mean = 96, sd = 3 },
      target = ve.normal { mean = { income = 13000, age = 38 }, sd = { income = 4000, age = 7 },
                           correlation = { { "income", "age", 0.4 } } } }, -- 年龄越大，收入越高

    { id = "sport", name = "运动版", cost = ve.normal { mean = 104, sd = 6 },
      target = ve.product { parts = {
        ve.lognormal { by = "income", median = 15000, spread = 0.35 },
        ve.triangular { by = "age", low = 22, mode = 30, high = 46 } } } },

    { id = "comfort", name = "舒享版", cost = ve.normal { mean = 110, sd = 5 },
      target = ve.product { parts = { -- 收入 17000 以上，年龄 50 上下
        ve.above { by = "income", at = 17000, scale = 2000 },
        ve.truncated_normal { by = "age", mean = 50, sd = 8, low = 35 } } } },
  },

  survey = ve.csv { file = "survey.csv", customer = "driver", scores = "{option}_{function}" },
  scale  = { 0, 4 },

  -- 供 risk 使用：权重约相当于 40 票；四种车用同一家的电池，成本同涨同落
  concentration = 40,
  correlations = {
    { "options.young.cost", "options.family.cost", 0.6 },
    { "options.sport.cost", "options.comfort.cost", 0.6 },
  },

  scenarios = {
    { name = "电池降价", set = { ["options.young.cost"] = 82, ["options.family.cost"] = 88,
                                 ["options.sport.cost"] = 96, ["options.comfort.cost"] = 101 } },
    { name = "舒享版成本失控", set = { ["options.comfort.cost"] = 119 } },
    { name = "家庭版面向小城市", set = { ["options.family.target.mean.income"] = 8000 } },
    { name = "只看年龄", change = function(m)
        m.options.young.target = ve.normal { mean = { age = 26 }, sd = { age = 5 } }
        m.options.family.target = ve.normal { mean = { age = 38 }, sd = { age = 7 } }
        m.options.sport.target = ve.triangular { by = "age", low = 22, mode = 30, high = 46 }
        m.options.comfort.target = ve.truncated_normal { by = "age", mean = 50, sd = 8, low = 35 }
      end },
  },
}
