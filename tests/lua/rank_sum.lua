-- The first of K functions gets K points, the last one.
return ve.plugin {
  abi = 1, kind = "judgement", name = "rank_sum", version = "1.0",
  summary = "weights from a ranking: K, K-1, ... 1",
  example = 've.rank_sum { "F1", "F2", "F3" }',
  parameters = {
    { name = "order", type = "ids", list = true, doc = "all functions of the list, the most important first" },
  },
  check = function(p, subjects)
    if #p.order < #subjects then return "name every function of this list once", "order" end
  end,
  weigh = function(p, subjects)
    local weight = {}
    for place, id in ipairs(p.order) do weight[id] = #subjects + 1 - place end
    return weight, { note = "rank sum" }
  end,
}
