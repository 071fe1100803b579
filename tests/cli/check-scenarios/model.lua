-- The model is sound; three of its scenarios are not.
local m = ve.include "kettle-table.lua"
m.scenarios = {
  { name = "fine", set = { ["options.A.cost"] = 41 } },
  { name = "nowhere", set = { ["options.C.cost"] = 41 } },
  { name = "negative", set = { ["options.A.cost"] = -41 } },
  { name = "stops", change = function(x) x.options.A.scores.boil = x.options.Z.cost end },
}
return ve.model(m)
