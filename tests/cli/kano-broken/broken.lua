return ve.model {
  kano = { use = "weight", ties = "clos" },
  functions = {
    { id = "quiet", kano = { A = 1, X = 2 } },
    { id = "wide", kano = { functional = "has_wide", disfunctional = "no_wide" } },
    { id = "seat", kano = { A = -1 } },
  },
  options = { { id = "plain", cost = 1 }, { id = "care", cost = 2 } },
  survey = ve.csv { file = "lift.csv", scores = "{option}_{function}" },
}
