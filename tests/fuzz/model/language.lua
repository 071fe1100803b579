#!/usr/bin/env vescore
-- Every form that the scanner must know: comments, --[[ long ]] ones, texts, calls, blocks.
local function make(id, cost)
  return { id = id, cost = cost, target = ve.normal { mean = 6000, sd = 2 ^ 10 } }
end
local list = { make("A", 4200), (make)("B", 0x10), }
for i = 3, 5 do list[#list + 1] = make("C" .. i, i * 1e3) end
local names = ("steel, glass ,tin"):split(",")
for i, name in ipairs(names) do list[i].name = name:trim():upper() end
table.sort(list, function(a, b) return a.cost < b.cost end)
do goto done end
::done::
while #list > 4 do table.remove(list) end
repeat local t = {} (tostring)(t) until true
local text = [==[ ]] { ]==] .. 'a\'{\z
   b' --[[ } ]]
return ve.model {
  title = string.format("%-5s|%5.2f|%d", text:sub(1, 2), math.pi, 3), attributes = { income = "CNY/month" },
  functions = { weights = ve.direct { ["use"] = 6, look = 4 };
    { id = "use", parts = { { id = "layout", weight = .6 }, { id = "storey", weight = 4e-1 } } },
    { id = "look", minimum = 1.5, }, },
  options = list, target = function(c) return c.income > 5000 and 1 or 0 end,
  survey = ve.answers { { income = 1200, A = { layout = 3, storey = 2, look = 4 } }, { income = 9000 } },
  scale = { 0, 4 }, aggregate = "mean",
  scenarios = { { name = "up", set = { ["options.A.cost"] = 4830 } },
    { name = "down", change = function(m)
      m.options.B.cost = m.options.B.cost / 2
      m.functions.layout.weight = nil
      m.options.D = { cost = 5 } m.options.A = nil
      table.insert(m.options, { id = "E" })
      for k, v in pairs(m.scale) do m.scale[k] = v + 1 end
    end } },
}
