local a = { id = "A", cost = 1, scores = { boil = 1, look = 1 } }
return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    a, a,
  },
  scale = { 0, 4 },
}
