-- A small hotel: what satisfaction is worth once it turns into loyalty and word of mouth.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is MADE UP (models/made_up.py), and so are costs, weights and targets. See README.md.
-- The study: vescore loyalty models/loyalty/loyalty.lua --plugin models/loyalty/loyalty_study.lua
return ve.model {
  title      = "Plans for a small hotel",
  currency   = "CNY a night",
  attributes = { visits = "stays in three years" },

  functions = {
    weights = ve.zero_one { wins = { -- of every two, what guests asked for first
      { "room", "staff" }, { "room", "food" }, { "room", "value" }, { "staff", "food" }, { "staff", "value" },
      { "value", "food" } } },
    { id = "room",  name = "A good room" },
    { id = "staff", name = "Friendly people" },
    { id = "food",  name = "A good breakfast" },
    { id = "value", name = "Worth its price" },
  },

  options = {
    { id = "now", name = "No change", cost = 210 }, -- for all guests
    { id = "training", name = "Train the people", cost = ve.normal { mean = 229, sd = 4 },
      target = ve.lognormal { median = 5, spread = 0.8 } }, -- for those who come again
    { id = "rooms", name = "Renew the rooms", cost = ve.normal { mean = 256, sd = 12 },
      target = ve.below { at = 4, scale = 1 } },            -- for new ones
  },

  survey = ve.csv { file = "survey.csv", customer = "guest", scores = "{option}_{function}" },
  scale  = { 0, 4 },

  scenarios = {
    { name = "renewal over budget", set = { ["options.rooms.cost"] = 290 } },
    { name = "training for all", change = function(m) m.options.training.target = ve.equal {} end },
  },
}
