local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end
assert(f(10000) == 10000)
return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
}
