-- The cheapest of the good options.
return ve.plugin {
  abi = 1, kind = "rule", name = "thrifty", version = "1.0",
  summary = "the cheapest option with a good function score",
  example = "ve.thrifty { near = 0.85 }",
  parameters = {
    { name = "near", type = "number", low = 0, high = 1, default = 0.8,
      doc = "share of the best function score that an option must reach" },
  },
  merit = function(p, options)
    local best, merit = 0, {}
    for _, option in ipairs(options) do best = math.max(best, option.function_score) end
    for i, option in ipairs(options) do
      merit[i] = option.function_score >= p.near * best and -option.cost
    end
    return merit
  end,
}
