return ve.model {
  functions = { { id = "boil", wieght = 3 } },
  options = {
    { id = "A", cost = 43, scores = { 4 } },
    { id = "C", cost = -28, scores = { 2 } } },
}
