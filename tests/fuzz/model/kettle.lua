-- Two kettles, scored by one expert.
return ve.model {
  title = "Kettles",
  currency = "EUR",
  functions = {
    { id = "boil", name = "Boils fast", weight = 3 },
    { id = "look", name = "Looks good", weight = 1 },
  },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
  scenarios = {
    { name = "dear steel", set = { ["options.A.cost"] = 48 } },
    { name = "fast glass", change = function(m) m.options.B.scores.boil = 3 end },
  },
}
