-- What tells the options apart counts: the range of each function's scores.
return ve.plugin {
  abi = 1, kind = "judgement", name = "spread", version = "1.0", scores = true,
  summary = "a function weighs as much as its scores differ",
  example = "ve.spread { }",
  parameters = { { name = "base", type = "number", low = 0, default = 0, doc = "what every function gets besides" } },
  weigh = function(p, subjects)
    local weight = {}
    for k, subject in ipairs(subjects) do
      weight[k] = p.base + math.max(table.unpack(subject.scores)) - math.min(table.unpack(subject.scores))
    end
    return weight
  end,
}
