-- An online shop's service packages by customer tier.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is MADE UP (models/made_up.py), and so are costs, tiers' weights and targets. See shop.md.
return ve.model {
  title      = "Service packages of an online shop",
  currency   = "CNY a customer and year",
  attributes = { orders = "a year" },

  functions = {
    weights = ve.stated { column = "matters_{function}" }, -- each customer said what matters, from 1 to 9
    { id = "price", name = "Costs little" },
    { id = "speed", name = "Arrives soon" },
    { id = "help",  name = "Helps when asked" },
    { id = "back",  name = "Takes goods back" },
  },

  options = {
    { id = "basic", name = "Basic", cost = ve.uniform { low = 29, high = 37 },
      target = ve.below { at = 14, scale = 4 } },   -- who orders less than about once a month
    { id = "care", name = "Care", cost = ve.uniform { low = 38, high = 46 } }, -- for everybody
    { id = "express", name = "Express", cost = ve.uniform { low = 46, high = 58 },
      target = ve.student_t { mean = 30, scale = 8, df = 4 } }, -- who orders often
  },

  survey = ve.csv {
    file = "survey.csv", customer = "customer",
    scores = {
      price = "{option}_price", help = "{option}_help", back = "{option}_back",
      -- Days until the parcel came: the same day is worth 4, two days 3, a week 0.
      speed = { column = "{option}_days", points = { { 0, 4 }, { 2, 3 }, { 7, 0 } } },
    },
  },
  scale = { 0, 4 },

  -- Customers by the profit they brought. The weights are a policy: who brings more counts more.
  tiers = { by = "profit", names = { "platinum", "gold", "iron", "lead" }, shares = { 0.05, 0.15, 0.3 },
            weights = { 4, 2, 1, 0 } },

  scenarios = {
    { name = "every tier alike", change = function(m) m.tiers.weights = { 1, 1, 1, 1 } end },
    { name = "the best only", change = function(m) m.tiers.weights = { 1, 1, 0, 0 } end },
    { name = "couriers dearer", set = { ["options.express.cost"] = 60, ["options.care.cost"] = 44 } },
    { name = "at most 40 a year", change = function(m) m.choose = ve.max_function { budget = 40 } end },
  },
}
