local t = {}
for i = 1, 120000 do t[i] = { i, i, i, i, i, i, i, i, i, i } end
return ve.model { options = t }