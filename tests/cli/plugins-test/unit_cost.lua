-- A total cost spread over an area, with the parts it is made of.
return ve.plugin {
  abi = 1, kind = "cost", name = "unit_cost", version = "1.0",
  summary = "a total cost spread over an area",
  example = "ve.unit_cost { total = 42000, area = 9000 }",
  parameters = {
    { name = "total", type = "number", low = 0, unit = "money", doc = "what all of it costs" },
    { name = "area", type = "number", above = 0, unit = "m2", doc = "the area it is spread over" },
    { name = "extras", type = "rows", required = false, doc = "what comes on top", fields = {
      { name = "what", type = "text", doc = "its name" },
      { name = "cost", type = "number", low = 0, doc = "what it costs" },
      { name = "share", type = "number", low = 0, high = 1, default = 1, doc = "the part that counts" },
    } },
  },
  cost = function(p)
    local sum = p.total
    for _, extra in ipairs(p.extras or {}) do sum = sum + extra.cost * extra.share end
    return { cost = sum / p.area, present = sum }
  end,
}
