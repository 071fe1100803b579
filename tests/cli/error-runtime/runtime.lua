local t = nil
local x = t.cost
return ve.model {}
