return ve.model {
  attributes = { income = "EUR/month" },
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", cost = 40, target = function(c) return 0 end },
    { id = "B", cost = 30 },
  },
  survey = ve.answers {
    { income = 1000, A = { 4, 2 }, B = { 2, 4 } },
    { income = 2000, A = { 3, 2 }, B = { 2, 3 } },
    { income = 3000, A = { 4, 1 }, B = { 1, 4 } },
  },
  scale = { 0, 4 },
}
