return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
  scenarios = { { name = "s", change = function(m)
    m.options.A.cost = cots
  end } },
}
