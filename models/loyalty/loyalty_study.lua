-- The study `loyalty`: from satisfaction to repurchase, word of mouth and a customer's lifetime value.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Satisfaction s is the function score on the scale, from 0 to 1. Repurchase follows one of three curves, whose shapes
-- are those of Jones and Sasser, "Why Satisfied Customers Defect" (1995): hardly anyone but the delighted comes back
-- where there is competition, nearly everyone where there is none. Promoters and detractors are read off the same
-- satisfaction, as the net promoter score does (Reichheld 2003).
local shapes = {
  competition = function(s) return s ^ 4 end,
  straight = function(s) return s end,
  captive = function(s) return s ^ 0.25 end,
}

local function lifetime(margin, back, discount, per_year)
  -- a margin at every stay, back with probability `back` each time: a geometric series
  local keep = back / (1 + discount) ^ (1 / per_year)
  return margin / (1 - keep)
end

return ve.plugin {
  abi = 1, kind = "study", name = "loyalty", version = "1.0",
  summary = "satisfaction, loyalty, word of mouth and lifetime value of each option",
  example = "vescore loyalty MODEL.lua --price 320",
  parameters = {
    { name = "price", type = "number", above = 0, default = 360, doc = "what a customer pays each time" },
    { name = "curve", type = "choice", choices = { "competition", "straight", "captive" }, default = "competition",
      doc = "how satisfaction becomes loyalty" },
    { name = "most", type = "number", low = 0, high = 1, default = 0.8, doc = "share of the fully satisfied who come back" },
    { name = "discount", type = "number", low = 0, default = 0.08, doc = "interest per year" },
    { name = "per_year", type = "number", above = 0, default = 1, doc = "how often a loyal customer buys in a year" },
    { name = "tells", type = "number", low = 0, default = 0.3, doc = "new customers whom a promoter brings in a year" },
  },
  study = function(p, s)
    local low, high = s.outline.scale_low, s.outline.scale_high
    if not low or not high then return s.say("The model needs a scale, such as scale = { 0, 4 }.") end
    local outcome = s.evaluate { aggregate = "mean", positioned = true }
    local t = s.table { key = "loyalty", title = "From satisfaction to lifetime value", columns = {
      { key = "option", title = "Option", hidden = true }, { key = "name", title = "Option" },
      { key = "satisfaction", title = "Satisfied", percent = true, digits = 1 }, { key = "repurchase", title = "Come back", percent = true, digits = 1 },
      { key = "net_promoters", title = "Net promoters", percent = true, digits = 1 },
      { key = "lifetime_value", title = "Lifetime value", digits = 0 },
      { key = "with_word_of_mouth", title = "with word of mouth", digits = 0 },
    } }
    local best, worth
    for i, option in ipairs(outcome.options) do
      local satisfied = (option.function_score - low) / (high - low)
      local back = p.most * shapes[p.curve](satisfied)
      local value = lifetime(p.price - option.cost, back, p.discount, p.per_year)
      local promoters = math.max(0, 2 * satisfied - 1) -- promoters less detractors: none at half satisfied
      local all = value * (1 + p.tells * promoters)
      local name = s.outline.options[i].name
      s.row(t, { option = option.id, name = name, satisfaction = satisfied, repurchase = back,
                 net_promoters = promoters, lifetime_value = value, with_word_of_mouth = all })
      if not worth or all > worth then best, worth = i, all end
    end
    s.fact("best", outcome.options[best].id)
    s.say(s.outline.options[best].name .. " is worth most over a customer's life.")
    local by_value = outcome.best and outcome.options[outcome.best]
    if by_value and by_value.id ~= outcome.options[best].id then
      s.say("By the value index alone it would be " .. s.outline.options[by_value.id].name .. ".")
    end
    s.say("The curve from satisfaction to loyalty, and what a promoter brings, are assumptions: try the others.")
  end,
}
