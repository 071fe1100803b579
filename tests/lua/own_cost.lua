-- ve.parts and ve.column in Lua: what customers pay, and amounts that may be costs of their own.
return ve.plugin {
  abi = 1, kind = "cost", name = "own_cost", version = "1.0",
  summary = "what customers pay and what is spent on parts",
  example = "ve.own_cost { parts = { { 'frame', 30 }, { 'seat', ve.life_cycle { initial = 10, annual = 1, rate = 0.05, years = 5 } } } }",
  parameters = {
    { name = "paid", type = "column", required = false, doc = "the survey column of what they pay" },
    { name = "service", type = "cost", required = false, low = 0, doc = "what is spent on service" },
    { name = "parts", type = "rows", required = false, doc = "the parts", fields = {
      { name = "name", type = "text", doc = "the part" },
      { name = "cost", type = "cost", doc = "what it costs" },
      { name = "count", type = "number", low = 0, default = 1, doc = "how many there are" },
    } },
  },
  cost = function(p)
    local sum = (p.paid or 0) + (p.service or 0)
    for _, part in ipairs(p.parts or {}) do sum = sum + part.cost * part.count end
    return sum
  end,
}
