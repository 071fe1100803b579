return ve.model {
  functions = { { id = "seat", kano = { functional = "has_{function}", dysfunctional = "no_{function}" } } },
  options = { { id = "plain", cost = 1 }, { id = "care", cost = 2 } },
  survey = ve.csv { file = "answers.csv", scores = "{option}" },
}
