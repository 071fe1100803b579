return ve.model {
  title = "Broken",
  functions = {
    { id = "boil", wieght = 3 },
	{ id = "看",	name = "好看", weigth = 1 },
  },
  options = {
    { id = "A", cost = -40, scores = { boil = 4, ["看"] = 2 } },
    { id = "A", cost = "dear", scores = { boil = 9, ["看"] = 4 } },
  },
  scale = { 0, 4 },
}
