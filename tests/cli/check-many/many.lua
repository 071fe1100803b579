local options = {}
for i = 1, 30 do options[i] = { id = "o" .. i, cost = -i, scores = { use = 1 } } end
return ve.model { functions = { { id = "use" } }, options = options }
