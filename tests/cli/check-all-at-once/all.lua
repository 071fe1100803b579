local functions = {
  weights = ve.ahp { pairs = { { "space", "look", 3 }, { "look", "space", 2 } } },
  { id = "space", minimum = 0 / 0, colour = "red" },
  { id = "look", scores = ve.zero_one { order = { "A", "A" } } },
}
return ve.model {
  attributes = { income = "CNY" },
  functions = functions,
  options = {
    { id = "A", cost = ve.life_cycle { initial = 9, annual = 1, rate = 0.1, years = 5, overhauls = { { 7, 1 } } },
      target = ve.triangular { low = 5, mode = 3, high = 2 } },
    { id = "B", cost = ve.parts { 4, 1e99 }, target = ve.normal { mean = 4000 } },
    nil,
    { id = "C", cost = -5, target = ve.trapezoid { low = 1, from = 9, to = 3, high = 4 } },
  },
  choose = ve.min_cost { minimum_function = -1 },
  survey = ve.csv { file = "none.csv", scores = "{option}_{function}", missing = "skip", tail = 3 },
  scenarios = { { name = "s", set = 3 } },
}
