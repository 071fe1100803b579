-- Two kettles, asked of 26 customers (made up).
return ve.model {
  title = "Kettles",
  currency = "EUR",
  attributes = { income = "1000 EUR a year" },
  functions = {
    { id = "boil", name = "Boils fast", weight = 3 },
    { id = "look", name = "Looks good", weight = 1 },
  },
  options = {
    { id = "A", name = "Steel", cost = 40 },
    { id = "B", name = "Glass", cost = 30 },
  },
  scale = { 0, 4 },
  survey = ve.csv { file = "survey.csv" },
}
