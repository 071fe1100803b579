return ve.model {
  attributes = { income = "EUR" }, functions = { { id = "boil" } },
  options = { { id = "A", cost = 43, target = ve.uniform { low = 1, high = 5 } }, { id = "B", cost = 20 } },
  survey = ve.answers { { income = 2, A = { 3 }, B = { 2 } } },
  scenarios = { { name = "nobody", set = { ["options.A.target.low"] = 4 } } },
}
