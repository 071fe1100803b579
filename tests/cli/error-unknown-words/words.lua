return ve.model {
  attributes = { income = "CNY/month" },
  functions = { weights = ve.zero_oen { }, { id = "f" }, { id = "g" } },
  options = {
    { id = "A", cost = 5, target = ve.norml { mean = 3000 } },
    { id = "B", cots = 2, target = ve.helicopter { } },
  },
  survey = ve.answers { { income = 2000, A = { 1, 1 }, B = { 2, 1 } } },
}
