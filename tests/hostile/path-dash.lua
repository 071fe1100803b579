return ve.model {
  functions = { { id = "boil" }, { id = "look" } },
  options = { { id = "A", cost = 40 }, { id = "B", cost = 30 } },
  survey = ve.csv { file = "-", scores = "{option}_{function}" },
  scale = { 0, 4 },
}
