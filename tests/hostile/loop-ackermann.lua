local function a(m, n) if m == 0 then return n + 1 elseif n == 0 then return a(m - 1, 1) end return a(m - 1, a(m, n - 1)) end
a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8) a(3, 8)
return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
}
