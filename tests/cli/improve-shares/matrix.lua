return ve.model {
  components = {
    { id = "hull",  cost = 36, serves = { safety = 0.6, speed = 0.5 }, spent_on = { safety = 0.5, speed = 0.4 } },
    { id = "sails", cost = 20, serves = { safety = 0.3, sped = 0.5 }, spent_on = { safety = 50, speed = 50 } },
  },
  functions = { { id = "safety" }, { id = "speed" } },
  options   = { { id = "A", cost = 2, scores = { 1, 2 } }, { id = "B", cost = 1, scores = { 2, 1 } } },
}
