-- 网上商店的服务套餐，按客户层级 · Service packages of an online shop, by customer tier
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 200 customers rated each package from 0 to 4; `profit` is what each brought last year.
-- See README.md, 中文说明见 README.zh.md.
return ve.model {
  title    = "网上商店的服务套餐",
  currency = "元/客户·年",
  scale    = { 0, 4 },

  functions = {
    weights = ve.complement { total = 10, pairs = {
      { "price", "speed", 5 }, { "price", "returns", 6 }, { "price", "help", 6 },
      { "speed", "returns", 6 }, { "speed", "help", 7 }, { "returns", "help", 5 } } },
    { id = "price",   name = "少花钱" },
    { id = "speed",   name = "送得快" },
    { id = "returns", name = "退货容易" },
    { id = "help",    name = "有人帮忙" },
  },

  options = {
    { id = "basic",     name = "基本",   cost = 38 },
    { id = "plus",      name = "优享",   cost = 45 },
    { id = "concierge", name = "管家",   cost = ve.normal { mean = 52, sd = 4 } },
  },
  survey = ve.csv { file = "survey.csv", customer = "customer", scores = "{option}_{function}" },

  -- 白金、黄金、铁、铅：按利润排序，前 1 %、其次 4 %、再次 15 %，其余
  tiers = { by = "profit", names = { "白金", "黄金", "铁", "铅" }, shares = { 0.01, 0.04, 0.15 },
            weights = { 4, 2, 1, 0.5 } },

  scenarios = {
    { name = "一视同仁", set = { ["tiers.weights.1"] = 1, ["tiers.weights.2"] = 1, ["tiers.weights.4"] = 1 } },
    { name = "只看前 20 %", set = { ["tiers.weights.4"] = 0 } },
    { name = "管家用机器人", change = function(m) m.options.concierge.cost = 46 end },
  },
}
