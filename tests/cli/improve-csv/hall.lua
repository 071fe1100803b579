return ve.model {
  title       = "Exhibition hall",
  target_cost = 10000,
  components  = {
    { id = "base",  name = "Foundation",          cost = 2201, score = 21 },
    { id = "frame", name = "Main structure",      cost = 3669, score = 35 },
    { id = "decor", name = "Decoration",          cost = 3224, score = 28 },
    { id = "water", name = "Water and electrics", cost = 2835, score = 32 },
  },
  functions = { { id = "use" } },
  options   = {
    { id = "A", cost = 11929, scores = { use = 8 } },
    { id = "B", cost = 9000,  scores = { use = 4 } },
  },
  scenarios = { { name = "cheap frame", set = { ["components.frame.cost"] = 3000 } } },
}
