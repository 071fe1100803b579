return ve.model {
  functions = { { id = "seat" } },
  options = { { id = "plain", cost = 1, scores = { 1 } }, { id = "care", cost = 2, scores = { 2 } } },
}
