-- A software vendor's products, with what they cost the customer in all
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 140 companies rated each product from 0 to 4. See README.md.
local wage = 0.09 -- thousand CNY an hour: what an hour of the customer's people costs

return ve.model {
  title      = "Products of a software vendor",
  currency   = "thousand CNY per company and year, all in",
  attributes = { staff = "people" },
  scale      = { 0, 4 },

  functions = {
    weights = ve.best_worst { best = "fit", worst = "support",
      best_to_others  = { fit = 1, ease = 2, connect = 4, support = 8 },
      others_to_worst = { fit = 8, ease = 4, connect = 2, support = 1 } },
    { id = "fit",     name = "Fits the work" },
    { id = "ease",    name = "Easy to learn" },
    { id = "connect", name = "Connects to the rest" },
    { id = "support", name = "Help from the vendor" },
  },

  options = {
    { id = "desk", name = "Desk", target = ve.lognormal { median = 16, spread = 0.6 },
      cost = ve.parts { price = 9, learning = { hours = 20, rate = wage }, by_hand = { hours = 110, rate = wage } } },
    { id = "suite", name = "Suite", target = ve.lognormal { median = 260, spread = 0.5 },
      cost = ve.parts { price = 13, learning = { hours = 60, rate = wage }, trouble = ve.normal { mean = 2.2, sd = 0.8 },
                        setup = ve.life_cycle { initial = 12, annual = 0, rate = 0.08, years = 5 } } },
    { id = "cloud", name = "Cloud", cost = ve.parts { price = 15, learning = { hours = 25, rate = wage }, trouble = 1.1 },
      target = ve.mixture { parts = { { ve.normal { mean = 20, sd = 10 }, share = 0.6 },
                                      { ve.normal { mean = 220, sd = 80 }, share = 0.4 } } } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  scenarios = {
    { name = "only the price counts", change = function(m)
        m.options.desk.cost, m.options.suite.cost, m.options.cloud.cost = 9, 13, 15
      end },
    { name = "cloud 20 % cheaper", set = { ["options.cloud.cost.price"] = 12 } },
    { name = "cloud for large companies", set = { ["options.cloud.target.parts.1.share"] = 0.1 } },
  },
}
