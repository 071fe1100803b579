-- At what cost would each option draw level with the best?
return ve.plugin {
  abi = 1, kind = "study", name = "breakeven", version = "1.0",
  summary = "at what cost each option draws level with the best",
  parameters = {
    { name = "undifferentiated", type = "boolean", doc = "count every customer alike" },
  },
  study = function(p, s)
    local outcome = s.evaluate { aggregate = "mean", positioned = not p.undifferentiated }
    if not outcome.best then
      s.say("No option passes its gates.")
      return
    end
    local best = outcome.options[outcome.best]
    s.fact("best", outcome.best)
    s.say(best.id .. " is best; the others draw level at the costs below.")
    local t = s.table { key = "breakeven", title = "Costs at which options draw level", columns = {
      { key = "option", title = "Option" },
      { key = "cost", title = "Cost" },
      { key = "breakeven_cost", title = "Level at", digits = 2 },
    } }
    for _, option in ipairs(outcome.options) do
      local row = s.row(t, { option = option.id, cost = option.cost,
                             breakeven_cost = best.cost * option.function_score / best.function_score })
      if option.id == outcome.best then s.mark(t, row) end
    end
    if #s.outline.options < 3 then s.warn("there is little to choose from", "think of more options") end
  end,
}
