return ve.plugin {
  abi = 1, kind = "distribution", name = "shape", version = "1.0", summary = "a shape",
  parameters = { { name = "at", type = "number", doc = "where it is" } },
  log_density = function(p, x)
    local n = 0
    while true do n = n + 1 end
  end,
}
