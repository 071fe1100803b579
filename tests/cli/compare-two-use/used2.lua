ve.use "thrifty.lua"
return ve.model {
  choose = ve.thrifty { near = 0.5 },
  functions = { { id = "f" } },
  options = { { id = "A", cost = 3, scores = { f = 9 } }, { id = "B", cost = 2, scores = { f = 5 } } },
}
