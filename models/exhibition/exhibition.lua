-- An exhibition quarter on a river front: three designs, functions judged in pairs.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- An exam case for Chinese cost engineers. The experts did not hand out points; they said which function
-- matters more than which, and the 0-4 method makes weights of that. See README.md.
return ve.model {
  title    = "Exhibition quarter",
  currency = "CNY/m2",

  functions = {
    weights = ve.zero_four { relations = {
      "F3 >> F4", -- much more important: 4 points to 0
      "F3 > F1",  -- more important:      3 to 1
      "F2 = F5",  -- as important:        2 to 2
      "F4 = F5",
    } },
    { id = "F1", name = "Suits the general plan" },
    { id = "F2", name = "Sensible zoning" },
    { id = "F3", name = "In tune with the river landscape" },
    { id = "F4", name = "Exhibition area gained" },
    { id = "F5", name = "Beauty of the buildings" },
  },

  options = {
    { id = "A", name = "Design A", cost = 2560, scores = { F1 = 9, F2 = 8, F3 = 8,  F4 = 7, F5 = 10 } },
    { id = "B", name = "Design B", cost = 2640, scores = { F1 = 8, F2 = 7, F3 = 10, F4 = 6, F5 = 9 } },
    { id = "C", name = "Design C", cost = 2420, scores = { F1 = 9, F2 = 8, F3 = 10, F4 = 8, F5 = 8 } },
  },
  scale = { 0, 10 },

  scenarios = {
    { name = "C dearer by 10 %", set = { ["options.C.cost"] = 2662 } },
    { name = "landscape counts less", change = function(m)
        m.functions.weights.relations = { "F1 > F3", "F3 = F4", "F2 = F5", "F4 = F5" }
      end },
  },
}
