local s, t = "x", { 1, 1, 1, 1 }
local function deep(n) return 1 + deep(n + 1) end
for k, v in pairs(_G) do t[k] = type(v) end
for i = 4, 61 do t[1 << i] = i end
t.self = t s = s:rep(1000) .. s
local e = { nan = 0 / 0, inf = 1 / 0, [1.5] = 2, [true] = 3, [t] = 4 }
ve.include "base.lua"
error({ s, e })
return ve.model { t, e, target = ve.normal, deep }
