return ve.plugin {
  abi = 1, kind = "distribution", name = "wrong", version = "1.0",
  summary = "its peak is too low",
  example = "ve.wrong { at = 5000 }",
  parameters = { { name = "at", type = "number", doc = "where it is greatest" } },
  log_density = function(p, x)
    local out = {}
    for i = 1, #x do out[i] = -((x[i] - p.at) / 1000) ^ 2 end
    return out
  end,
  log_peak = function(p) return -1 end,
}
