-- ve.mixture in Lua: densities added by their shares.
return ve.plugin {
  abi = 1, kind = "distribution", name = "own_mixture", version = "1.0", joint = true,
  summary = "densities added by their shares, and one that multiplies all",
  example = "ve.own_mixture { { ve.normal { mean = 4000, sd = 800 }, 0.7 }, { ve.uniform { low = 5000, high = 9000 }, 0.3 } }",
  parameters = {
    { name = "parts", type = "rows", list = true, doc = "the parts", fields = {
      { name = "of", type = "distribution", doc = "a distribution" },
      { name = "share", type = "number", low = 0, doc = "its share" },
    } },
    { name = "times", type = "distribution", required = false, doc = "one that multiplies all" },
  },
  check = function(p)
    if p.parts[1].of then return "the logs are there before they can be" end
  end,
  log_density = function(p)
    local out, total = {}, 0
    for _, part in ipairs(p.parts) do total = total + part.share end
    for i = 1, #p.parts[1].of do
      local sum = 0
      for _, part in ipairs(p.parts) do sum = sum + part.share / total * math.exp(part.of[i]) end
      out[i] = math.log(sum) + (p.times and p.times[i] or 0)
    end
    return out
  end,
}
