-- ve.parties in Lua: the mean of the weights that several judgements give.
return ve.plugin {
  abi = 1, kind = "judgement", name = "own_parties", version = "1.0",
  summary = "the mean of several parties' weights, by their shares",
  example = "ve.own_parties { { 'makers', 0.6, ve.direct { F1 = 3, F2 = 1 } }, { 'users', 0.4, ve.direct { F1 = 1, F2 = 1 } } }",
  parameters = {
    { name = "parties", type = "rows", list = true, doc = "who judges", fields = {
      { name = "name", type = "text", doc = "the party" },
      { name = "share", type = "number", low = 0, doc = "how much it counts" },
      { name = "judgement", type = "judgement", doc = "what it judges" },
    } },
    { name = "chair", type = "judgement", required = false, doc = "one more, which counts as much as all" },
  },
  check = function(p)
    if #p.parties == 0 then return "name the parties" end
    if p.parties[1].judgement then return "the weights are there before they can be" end
  end,
  weigh = function(p, subjects)
    local weight, total = {}, 0
    for _, party in ipairs(p.parties) do total = total + party.share end
    for _, s in ipairs(subjects) do
      local sum = 0
      for _, party in ipairs(p.parties) do sum = sum + party.share / total * party.judgement[s.id] end
      weight[s.id] = p.chair and (sum + p.chair[s.id]) / 2 or sum
    end
    return weight
  end,
}
