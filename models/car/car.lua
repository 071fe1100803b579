-- 三款车型，按年龄和收入定位 · A car line-up, positioned by age and income
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 180 drivers rated each car from 0 to 4. See README.md, 中文说明见 README.zh.md.
return ve.model {
  title      = "三款新车的定位",
  currency   = "万元",
  attributes = { age = "岁", income = "千元/年" },
  scale      = { 0, 4 },

  functions = {
    -- 产品委员会的两两比较（AHP，1-9 标度）
    weights = ve.ahp { pairs = {
      { "safety", "space", 3 }, { "safety", "comfort", 3 }, { "safety", "range", 2 }, { "safety", "image", 5 },
      { "space", "comfort", 1 }, { "space", "range", 1/2 }, { "space", "image", 2 },
      { "comfort", "range", 1/2 }, { "comfort", "image", 2 }, { "range", "image", 3 } } },
    { id = "safety",  name = "安全" },
    { id = "space",   name = "空间" },
    { id = "comfort", name = "舒适" },
    { id = "range",   name = "续航" },
    { id = "image",   name = "形象" },
  },

  options = {
    -- 年轻、收入尚低：两个属性各自的分布相乘
    { id = "A", name = "轻舟", cost = ve.normal { mean = 11.8, sd = 0.4 }, target = ve.product { parts = {
        ve.normal { mean = { age = 28 }, sd = { age = 6 } },
        ve.lognormal { by = "income", median = 130, spread = 0.35 } } } },
    -- 有孩子的家庭：年龄与收入相关
    { id = "B", name = "远行", cost = ve.normal { mean = 14.2, sd = 0.7 },
      target = ve.normal { mean = { age = 38, income = 230 }, sd = { age = 6, income = 70 },
                           correlation = { { "age", "income", 0.4 } } } },
    { id = "C", name = "天穹", cost = ve.normal { mean = 17.5, sd = 1.1 },
      target = ve.normal { mean = { age = 47, income = 380 }, sd = { age = 9, income = 100 } } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  correlations = { { "options.B.cost", "options.C.cost", 0.6 } }, -- 同一家电池供应商

  scenarios = {
    { name = "电池涨价", set = { ["options.A.cost"] = 12.6, ["options.B.cost"] = 15.4, ["options.C.cost"] = 18.9 } },
    { name = "远行转向年轻家庭", change = function(m)
        m.options.B.target.mean.age = 32
        m.options.B.target.mean.income = 180
      end },
    { name = "最看重续航", set = { ["functions.range.weight"] = 0.5 } },
  },
}
