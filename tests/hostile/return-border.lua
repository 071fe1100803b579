local t = { 1, 1, 1, 1 }
for i = 4, 61 do t[1 << i] = { id = "x" } end
return ve.model { options = t }
