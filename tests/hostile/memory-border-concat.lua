local t = { 1, 1, 1, 1 }
for i = 4, 61 do t[1 << i] = 1 end
t[8] = 1 t[5] = 1
local s = table.concat(t)
return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
}
