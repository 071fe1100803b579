return ve.model {
  title      = "A lift for the old house",
  attributes = { age = "years" },
  scale      = { 0, 4 },
  functions  = {
    { id = "quiet", name = "Quiet",        weight = 3, kano = { M = 9, O = 10, A = 1, I = 2, R = 3 } },
    { id = "wide",  name = "Room for two", weight = 3, kano = { M = 9, O = 5, A = 4, I = 2, R = 4, Q = 1 } },
    { id = "seat",  name = "A seat",       weight = 2, kano = { functional = "has_seat", dysfunctional = "no_seat" } },
  },
  options = {
    { id = "plain", name = "Plain",   cost = 30, target = ve.normal { mean = 40, sd = 15 } },
    { id = "care",  name = "Comfort", cost = 38, target = ve.normal { mean = 75, sd = 12 } },
  },
  survey = ve.csv { file = "lift.csv", scores = "{option}_{function}" },
}
