-- 供电服务分几档：居民、商铺、工厂各需要什么？
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Levels of customer service of an electricity company. The survey is MADE UP (models/made_up.py), and so are costs,
-- judgements and targets. Ids are Chinese here: any script will do. See electricity.md, or electricity.zh.md.
return ve.model {
  title      = "供电客户服务分档",
  currency   = "元/户年",
  attributes = { ["类别"] = "text", ["用电"] = "MWh/年" },

  functions = {
    -- 四方各用自己习惯的办法评定权重
    weights = ve.parties {
      { "居民", 0.3, ve.zero_four { relations = { "抢修 > 答复", "答复 = 账单", "账单 > 报装", "报装 = 节能" } } },
      { "企业", 0.3, ve.direct { ["抢修"] = 40, ["报装"] = 25, ["答复"] = 15, ["节能"] = 12, ["账单"] = 8 } },
      { "供电公司", 0.2, ve.zero_one { order = { "抢修", "答复", "报装", "账单", "节能" }, corrected = true } },
      { "监管", 0.2, ve.complement { total = 10, pairs = {
          { "抢修", "报装", 7 }, { "抢修", "答复", 7 }, { "抢修", "账单", 6 }, { "抢修", "节能", 8 },
          { "报装", "答复", 5 }, { "报装", "账单", 4 }, { "报装", "节能", 6 },
          { "答复", "账单", 4 }, { "答复", "节能", 6 }, { "账单", "节能", 7 } } } },
    },
    { id = "抢修", name = "停电抢修", minimum = 2.5 }, -- 必备：低于 2.5 分的档次不能选
    { id = "报装", name = "新装增容" },
    { id = "答复", name = "答复咨询" },
    { id = "账单", name = "账单清楚" },
    { id = "节能", name = "节能建议" },
  },

  options = {
    { id = "自助", name = "自助服务", cost = ve.triangular { low = 34, mode = 38, high = 48 },
      target = ve.categories { by = "类别", value = { ["居民"] = 1, ["商铺"] = 0.3, ["工厂"] = 0 } } },
    { id = "标准", name = "标准服务", cost = ve.triangular { low = 46, mode = 50, high = 57 } }, -- 面向所有客户
    { id = "优先", name = "优先服务", cost = ve.triangular { low = 58, mode = 64, high = 76 },
      target = ve.product { parts = {
        ve.categories { by = "类别", value = { ["居民"] = 0.2, ["商铺"] = 1, ["工厂"] = 1 } },
        ve.logistic { by = "用电", mean = 40, scale = 20 } } } },
    { id = "专属", name = "专属经理", cost = ve.triangular { low = 84, mode = 92, high = 106 },
      target = ve.product { parts = {
        ve.categories { by = "类别", value = { ["工厂"] = 1 }, others = 0 },
        ve.above { by = "用电", at = 120, scale = 30 } } } },
  },

  survey = ve.csv { file = "survey.csv", customer = "户号", scores = "{option}_{function}" },
  scale  = { 0, 4 },

  -- 公用事业：够用的档次中最便宜的
  choose = ve.min_cost { minimum_function = 2.4 },

  scenarios = {
    { name = "按价值选", change = function(m) m.choose = ve.max_value {} end },
    { name = "抢修门槛降到 2", set = { ["functions.抢修.minimum"] = 2 } },
    { name = "企业说了算", set = { ["functions.weights.企业.share"] = 0.7 } },
    { name = "自助只面向居民", set = { ["options.自助.target.value.商铺"] = 0 } },
  },
}
