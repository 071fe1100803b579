-- Concepts of a new delivery service, screened by Kano's must-bes
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 96 people answered Kano's two questions about each function and rated each concept from 0 to 4.
-- See README.md.
local function asked(id)
  return { functional = id .. "_with", dysfunctional = id .. "_without" }
end

return ve.model {
  title      = "Concepts of an evening delivery",
  currency   = "CNY per delivery",
  attributes = { age = "years" },
  scale      = { 0, 4 },

  functions = {
    weights = ve.rank_order { "arrive", "quiet", "track", "points" },
    { id = "arrive", name = "Comes when promised", kano = asked("arrive") },
    { id = "track",  name = "Shows where it is",   kano = asked("track") },
    { id = "quiet",  name = "Does not disturb",    kano = asked("quiet") },
    { id = "points", name = "Collects points",     kano = asked("points") },
  },
  kano = { use = "gate", minimum = 2.2 }, -- what must be must be done well

  options = {
    { id = "bike",   name = "Cargo bike",    cost = 9.5, target = ve.normal { mean = 32, sd = 10 } },
    { id = "van",    name = "Electric van",  cost = 8.4, target = ve.normal { mean = 60, sd = 10 } },
    { id = "locker", name = "Parcel locker", cost = 5.1, target = ve.normal { mean = 28, sd = 8 } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  scenarios = {
    { name = "no screening", set = { ["kano.use"] = "report" } },
    { name = "weights by Kano", change = function(m) m.kano.use = "weights" end },
    { name = "lockers next door", set = { ["options.locker.cost"] = 7.9 } },
  },
}
