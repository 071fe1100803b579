ve.use "shape.lua"
return ve.model {
  attributes = { income = "CNY/month" },
  functions = { { id = "f" } },
  options = { { id = "A", cost = 5, target = ve.shape { at = 3000 } }, { id = "B", cost = 2 } },
  survey = ve.answers { { income = 2000, A = { 1 }, B = { 2 } }, { income = 4000, A = { 2 }, B = { 2 } } },
}
