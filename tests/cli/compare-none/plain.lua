return ve.model {
  functions = { { id = "boil" } },
  options = { { id = "A", cost = 43, scores = { 4 } }, { id = "B", cost = 20, scores = { 2 } } },
}
