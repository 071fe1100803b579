local t = {}
for i = 1, 100000 do t[i] = i end
while true do table.insert(t, 1, 0) table.remove(t, 1) end
return ve.model {
  functions = { { id = "boil", weight = 3 }, { id = "look", weight = 1 } },
  options = {
    { id = "A", name = "Steel", cost = 40, scores = { boil = 4, look = 2 } },
    { id = "B", name = "Glass", cost = 30, scores = { boil = 2, look = 4 } },
  },
  scale = { 0, 4 },
}
