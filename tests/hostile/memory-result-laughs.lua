local t = { "x" }
for i = 1, 28 do t = { t, t } end
return ve.model { options = t }