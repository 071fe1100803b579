-- ve.stated in Lua: means of survey columns over the option's customers.
return ve.plugin {
  abi = 1, kind = "judgement", name = "own_stated", version = "1.0",
  summary = "the importance that an option's own customers state, plus a base",
  example = 've.own_stated { column = "importance_{function}" }',
  parameters = {
    { name = "column", type = "column", doc = "the survey columns" },
    { name = "other", type = "column", required = false, doc = "further columns, which count half" },
    { name = "base", type = "number", low = 0, default = 0, doc = "what every function gets besides" },
  },
  check = function(p)
    if p.column == p.other then return "the two are the same columns", "other" end
  end,
  weigh = function(p, subjects)
    local weight = {}
    for _, s in ipairs(subjects) do
      weight[s.id] = p.base + p.column[s.id] + (p.other and p.other[s.id] / 2 or 0)
    end
    return weight
  end,
}
