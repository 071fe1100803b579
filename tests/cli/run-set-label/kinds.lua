-- Customers of two kinds: how much a kind counts can be set; a kind that is not written cannot.
return ve.model {
  attributes = { kind = "text" },
  functions  = { { id = "price" } },
  options    = {
    { id = "loan",  cost = 10, target = ve.categories { by = "kind", value = { home = 1, ["工厂"] = 0.5 } } },
    { id = "lease", cost = 10 },
  },
  survey = ve.answers {
    { kind = "home", loan = { 4 }, lease = { 2 } },
    { kind = "工厂", loan = { 1 }, lease = { 2 } },
  },
}
