-- Customers far away still count a little.
return ve.plugin {
  abi = 1, kind = "distribution", name = "cauchy", version = "1.0",
  summary = "broad target with long arms",
  example = "ve.cauchy { location = 9000, scale = 2000 }",
  parameters = {
    { name = "location", type = "number", doc = "centre of the target" },
    { name = "scale", type = "number", above = 0, doc = "distance at which a customer counts half" },
  },
  log_density = function(p, x)
    local out = {}
    for i = 1, #x do
      local z = (x[i] - p.location) / p.scale
      out[i] = -math.log(math.pi * p.scale) - math.log(1 + z * z)
    end
    return out
  end,
  log_peak = function(p) return -math.log(math.pi * p.scale) end,
  quantile = function(p, q) return p.location + p.scale * math.tan(math.pi * (q - 0.5)) end,
}
