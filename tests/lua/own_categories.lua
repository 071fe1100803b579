-- ve.categories in Lua: customers count as the text of an attribute says.
return ve.plugin {
  abi = 1, kind = "distribution", name = "own_categories", version = "1.0", texts = true,
  summary = "customers count as their label says",
  example = 've.own_categories { by = "tier", value = { platinum = 1, gold = 0.5 } }',
  parameters = {
    { name = "value", type = "by_name", low = 0, doc = "how much customers with each label count" },
    { name = "others", type = "number", low = 0, default = 0, doc = "how much all others count" },
  },
  log_density = function(p, x)
    local out = {}
    for i = 1, #x do out[i] = math.log(p.value[x[i]] or p.others) end
    return out
  end,
  log_peak = function(p)
    local most = p.others
    for _, weight in pairs(p.value) do most = math.max(most, weight) end
    return math.log(most)
  end,
}
