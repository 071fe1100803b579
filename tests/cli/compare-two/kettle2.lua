return ve.model {
  title = "Kettles of next year", currency = "EUR",
  functions = { { id = "boil", name = "Boils fast", weight = 3 }, { id = "safe", name = "Safe", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 43, scores = { 4, 3 } },
    { id = "C", name = "Clay", cost = 28, scores = { 2, 3 } } },
}
