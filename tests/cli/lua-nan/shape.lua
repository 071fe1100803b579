return ve.plugin {
  abi = 1, kind = "distribution", name = "shape", version = "1.0", summary = "a shape",
  parameters = { { name = "at", type = "number", doc = "where it is" } },
  log_density = function(p, x)
    local out = {}
    for i = 1, #x do out[i] = math.log(p.at - x[i]) end
    return out
  end,
}
