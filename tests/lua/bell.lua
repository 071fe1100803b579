-- The normal curve, to be compared with the built-in one.
return ve.plugin {
  abi = 1, kind = "distribution", name = "bell", version = "1.0",
  summary = "the normal curve",
  example = "ve.bell { mean = 9000, sd = 2000 }",
  parameters = {
    { name = "mean", type = "number", doc = "centre of the target" },
    { name = "sd", type = "number", above = 0, doc = "standard deviation" },
  },
  log_density = function(p, x)
    local out, mean, sd = {}, p.mean, p.sd
    local constant = -math.log(sd * math.sqrt(2 * math.pi))
    for i = 1, #x do
      local z = (x[i] - mean) / sd
      out[i] = constant - z * z / 2
    end
    return out
  end,
  log_peak = function(p) return -math.log(p.sd * math.sqrt(2 * math.pi)) end,
  mean = function(p) return p.mean end,
}
