local s, t = ("x"):rep(1024), {}
for i = 1, 100000 do t[i] = s end
return ve.model { title = "t", options = t }