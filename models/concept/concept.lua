-- Three concepts of an evening delivery: what customers take for granted decides first.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The second step, after screening.lua. The survey is MADE UP (models/made_up.py), and so are costs, weights and targets:
-- people answered Kano's two questions about each function and rated each concept from 0 to 4. See README.md.
local function asked(id)
  return { functional = id .. "_with", dysfunctional = id .. "_without" }
end

return ve.model {
  title      = "Concepts of an evening delivery",
  currency   = "CNY a delivery",
  attributes = { age = "years" },

  functions = {
    weights = ve.rank_order { "arrive", "quiet", "track", "points" },
    { id = "arrive", name = "Comes when promised", kano = asked("arrive") },
    { id = "track",  name = "Shows where it is",   kano = asked("track") },
    { id = "quiet",  name = "Does not disturb",    kano = asked("quiet") },
    { id = "points", name = "Collects points",     kano = asked("points") },
  },
  kano = { use = "gate", minimum = 2.2 }, -- what must be must be done well

  options = {
    { id = "bike",   name = "Cargo bike",    cost = ve.triangular { low = 8, mode = 9, high = 11.5 },
      target = ve.normal { mean = 32, sd = 10 } },
    { id = "van",    name = "Electric van",  cost = ve.triangular { low = 7, mode = 8, high = 10.2 },
      target = ve.logistic { mean = 60, scale = 6 } },
    { id = "locker", name = "Parcel locker", cost = ve.triangular { low = 4, mode = 5, high = 6.3 },
      target = ve.uniform { low = 18, high = 40 } },
  },

  survey = ve.csv { file = "survey.csv", customer = "person", scores = "{option}_{function}" },
  scale  = { 0, 4 },

  scenarios = {
    { name = "nobody asked", set = { ["kano.use"] = "report" } },
    { name = "weights by Kano", change = function(m) m.kano.use = "weights" end },
    { name = "curves by Kano", change = function(m) m.kano.use = "curve" end },
    { name = "van at night is quiet", set = { ["options.van.cost"] = 7.6 } },
  },
}
