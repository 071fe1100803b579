-- A bank's offers to companies by turnover: which one to build up this year?
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is MADE UP (models/made_up.py), and so are costs, judgements and targets. See bank.md.

-- What an offer costs the bank for a company and year: a platform written off over its life, an adviser's hours, the
-- rest. A thousand CNY; an adviser costs 0.32 an hour.
local function per_company(item)
  return ve.parts {
    platform = ve.life_cycle { initial = item.build, annual = item.run, rate = 0.06, years = 6,
                               overhauls = { { 3, item.build / 5 } } },
    adviser  = { hours = item.hours, rate = 0.32 },
    losses   = item.losses or 0,
  }
end

return ve.model {
  title      = "A bank's offers to companies",
  currency   = "1000 CNY a company and year",
  attributes = { turnover = "million CNY/year" },

  functions = {
    weights = ve.parties {
      -- What twelve treasurers agreed on: the most important against all others, all others against the least.
      { "companies", 0.6, ve.best_worst {
          best = "cash", worst = "report",
          best_to_others  = { pay = 2, speed = 2, advice = 4, report = 8 },
          others_to_worst = { cash = 8, pay = 4, speed = 3, advice = 2 } } },
      { "account managers", 0.25, ve.rank_order { "advice", "cash", "speed", "pay", "report" } },
      { "risk department",  0.15, ve.zero_one { order = { "report", "cash", "pay", "advice", "speed" } } },
    },
    { id = "cash",   name = "Bridges gaps in cash" },
    { id = "pay",    name = "Carries payments, also abroad" },
    { id = "speed",  name = "Decides fast" },
    { id = "advice", name = "Advises" },
    { id = "report", name = "Reports to the books" },
  },

  options = {
    { id = "start", name = "Starter account", cost = per_company { build = 2.4, run = 1.3, hours = 2 },
      target = ve.trapezoid { low = 0, from = 1, to = 8, high = 20 } },

    { id = "line", name = "Working capital line",
      cost = per_company { build = 3.0, run = 1.0, losses = ve.normal { mean = 0.6, sd = 0.25 },
                           hours = ve.triangular { low = 1, mode = 2, high = 3 } },
      target = ve.lognormal { median = 25, spread = 0.7 } },

    { id = "trade", name = "Trade package", cost = per_company { build = 4.5, run = 1.1, hours = 2.5 },
      -- The turnovers of nine exporters who tried it, as a shape.
      target = ve.kernel { points = { 18, 25, 40, 42, 60, 75, 90, 120, 160 }, bandwidth = 20 } },

    { id = "desk", name = "Own desk", cost = per_company { build = 4.0, run = 1.1, hours = 5 },
      target = ve.above { at = 120, scale = 25 } },
  },

  -- Large companies were asked more often than there are of them: each answer stands for so many companies.
  survey = ve.csv { file = "survey.csv", customer = "company", weight = "stands_for",
                    scores = "{option}_{function}" },
  scale  = { 0, 4 },

  scenarios = {
    { name = "line for small firms", set = { ["options.line.target.median"] = 10 } },
    { name = "bad year", set = { ["options.line.cost.losses"] = 1.2 } },
    { name = "advice by video", change = function(m) -- half of the desk's hours
        m.options.desk.cost.adviser.hours = 2.5
      end },
    { name = "how many there are", change = function(m) m.aggregate = "peak" end },
  },
}
