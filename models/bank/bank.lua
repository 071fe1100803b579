-- A bank's offers to companies, by their turnover
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 120 companies rated each offer from 0 to 4. See README.md.
return ve.model {
  title      = "Offers to business customers",
  currency   = "thousand CNY per company and year",
  attributes = { turnover = "million CNY per year" },
  scale      = { 0, 4 },

  functions = {
    weights = ve.ratio_chain { { "credit", 1.5 }, { "speed", 0.8 }, { "advice", 1.25 }, { "online" } },
    { id = "credit", name = "Lends when it is needed" },
    { id = "speed",  name = "Pays fast" },
    { id = "advice", name = "Advises well" },
    { id = "online", name = "Works on line" },
  },

  options = {
    { id = "basic", name = "Account", target = ve.lognormal { median = 15, spread = 0.8 },
      cost = ve.parts { staff = { hours = 8, rate = 0.4 }, systems = 2.3 } },
    { id = "growth", name = "Growth", target = ve.trapezoid { low = 10, from = 30, to = 120, high = 300 },
      cost = ve.parts { staff = { hours = 10, rate = 0.4 }, systems = 2.4, risk = ve.normal { mean = 1.2, sd = 0.3 } } },
    -- a system of its own, written off over eight years
    { id = "treasury", name = "Treasury", target = ve.above { at = 150, scale = 40 },
      cost = ve.life_cycle { initial = 24, annual = 6.5, rate = 0.06, years = 8 } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  scenarios = {
    { name = "treasury for smaller companies", set = { ["options.treasury.target.at"] = 80 } },
    { name = "advice by telephone", change = function(m)
        m.options.growth.cost.staff.hours = 6
        m.options.basic.cost.staff.hours = 6
      end },
    { name = "money at 10 %", set = { ["options.treasury.cost.rate"] = 0.10 } },
  },
}
