-- Six ideas for an evening delivery: which are worth asking customers about?
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The first step, by a panel of five, before any customer is asked. Scores and costs are MADE UP. Then concept.lua.
return ve.model {
  title    = "Ideas for an evening delivery",
  currency = "CNY a delivery",

  functions = {
    { id = "must", name = "Musts", weight = 1, parts = { -- gates: nothing makes up for them
        { id = "allowed", name = "Allowed today",         weight = 1, minimum = 3 },
        { id = "soon",    name = "Running within a year", weight = 1, minimum = 2 } } },
    { id = "worth", name = "Worth doing", weight = 9, parts = {
        weights = ve.entropy {}, -- nobody knows yet what matters: what tells the ideas apart counts
        { id = "wanted", name = "What people ask for" },
        { id = "own",    name = "Hard to copy" },
        { id = "grow",   name = "Can grow with the city" } } },
  },

  options = {
    { id = "bike",      name = "Cargo bike",       cost = ve.triangular { low = 8, mode = 9, high = 11.5 },
      scores = { allowed = 4, soon = 4, wanted = 3, own = 3, grow = 3 } },
    { id = "van",       name = "Electric van",     cost = ve.triangular { low = 7, mode = 8, high = 10.2 },
      scores = { allowed = 4, soon = 3, wanted = 3, own = 1, grow = 3 } },
    { id = "locker",    name = "Parcel locker",    cost = ve.triangular { low = 4, mode = 5, high = 6.3 },
      scores = { allowed = 3, soon = 3, wanted = 2, own = 2, grow = 3 } },
    { id = "drone",     name = "Drone",            cost = ve.uniform { low = 4, high = 18 },
      scores = { allowed = 0, soon = 1, wanted = 4, own = 4, grow = 4 } },
    { id = "robot",     name = "Pavement robot",   cost = ve.uniform { low = 6, high = 14 },
      scores = { allowed = 2, soon = 2, wanted = 3, own = 4, grow = 3 } },
    { id = "neighbour", name = "Paid neighbours",  cost = ve.triangular { low = 3, mode = 4, high = 7 },
      scores = { allowed = 3, soon = 4, wanted = 1, own = 3, grow = 1 } },
  },
  scale = { 0, 4 },

  choose = ve.max_function { budget = 12 }, -- the best service that is below 12 a delivery

  scenarios = {
    { name = "robots are allowed", change = function(m) m.options.robot.scores.allowed = 3 end },
    { name = "no gates", set = { ["functions.allowed.minimum"] = 0, ["functions.soon.minimum"] = 0 } },
    { name = "at most 9", set = { ["choose.budget"] = 9 } },
  },
}
