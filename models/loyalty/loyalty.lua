-- A small hotel: what satisfaction is worth once it turns into loyalty
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 130 guests rated the hotel as it is, and two plans for it, from 0 to 4. See README.md.
return ve.model {
  title      = "Plans for a small hotel",
  currency   = "CNY per night",
  attributes = { visits = "stays in three years" },
  scale      = { 0, 4 },

  functions = {
    { id = "room",  name = "A good room",      weight = 4 },
    { id = "staff", name = "Friendly people",  weight = 3 },
    { id = "food",  name = "A good breakfast", weight = 1 },
    { id = "value", name = "Worth its price",  weight = 2 },
  },

  options = {
    { id = "now",      name = "No change",        cost = 210 },
    { id = "training", name = "Train the people", cost = 226, target = ve.lognormal { median = 5, spread = 0.8 } },
    { id = "rooms",    name = "Renew the rooms",  cost = ve.normal { mean = 258, sd = 12 } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  scenarios = {
    { name = "for first guests", set = { ["options.training.target.median"] = 1 } },
    { name = "renewal goes over budget", change = function(m) m.options.rooms.cost = 290 end },
  },
}
