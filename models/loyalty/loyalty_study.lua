-- The study `loyalty`: from satisfaction to repurchase, word of mouth and the value of a customer over the years.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Satisfaction s is the function score on the model's scale, from 0 to 1.
--
-- Repurchase r = most * s^k. The shapes are those of T. O. Jones and W. E. Sasser, "Why satisfied customers defect",
-- Harvard Business Review 73:6 (1995): where customers can choose, only the fully satisfied are loyal; where they cannot,
-- nearly all are. They drew curves and gave no formula: s^k and its k are ours.
--
-- Word of mouth: asked from 0 to 10 whether they would recommend, customers answer 10 s, scattered by a logistic curve.
-- Above 8.5 they are promoters, below 6.5 detractors (F. F. Reichheld, "The one number you need to grow", HBR 81:12,
-- 2003). A promoter brings customers in a year, a detractor keeps some away.
--
-- Value: the margin of every year, as long as the customer stays, discounted; with word of mouth those count too who
-- come and go because of this one, and theirs.
local curves = { "competition", "some", "captive" }
local power = { competition = 4, some = 1, captive = 1 / 4 }
local in_words = { competition = "competition", some = "some choice", captive = "no choice" }

-- The share of answers above `limit` where the middle answer is `middle`.
local function share_above(limit, middle, scatter)
  return 1 / (1 + math.exp((limit - middle) / scatter))
end

-- 1 + g + g^2 + ... for so many years, g the growth of one year, discounted.
local function years_worth(growth, discount, years)
  local sum, term = 0, 1
  for _ = 1, years do
    sum, term = sum + term, term * growth / (1 + discount)
  end
  return sum
end

local function follow(p, option, satisfied, curve)
  local r = { satisfaction = satisfied, margin = p.stays * (p.price - option.cost) }
  r.repurchase = p.most * satisfied ^ power[curve]
  r.promoters = share_above(8.5, 10 * satisfied, p.scatter)
  r.detractors = 1 - share_above(6.5, 10 * satisfied, p.scatter)
  r.net_promoters = r.promoters - r.detractors
  r.word_of_mouth = p.brings * r.promoters - p.keeps_away * r.detractors
  r.lifetime_value = r.margin * years_worth(r.repurchase, p.discount, p.years)
  r.with_word_of_mouth =
    r.margin * years_worth(math.max(0, r.repurchase + r.word_of_mouth), p.discount, p.years)
  return r
end

local function best_of(rows)
  local best = 1
  for i = 2, #rows do
    if rows[i].with_word_of_mouth > rows[best].with_word_of_mouth then best = i end
  end
  return best
end

local function tell_each(s, rows)
  local t = s.table { key = "loyalty", title = "From satisfaction to the value of a customer", columns = {
    { key = "option", hidden = true },
    { key = "name", title = "Option" },
    { key = "satisfaction", title = "Satisfied", percent = true, digits = 1 },
    { key = "repurchase", title = "Come again", percent = true, digits = 1 },
    { key = "promoters", title = "Promoters", percent = true, digits = 1 },
    { key = "detractors", title = "Detractors", percent = true, digits = 1 },
    { key = "net_promoters", title = "Net", percent = true, digits = 1 },
    { key = "word_of_mouth", hidden = true },
    { key = "margin", title = "Margin a year", digits = 0 },
    { key = "lifetime_value", title = "Over the years", digits = 0 },
    { key = "with_word_of_mouth", title = "with word of mouth", digits = 0 },
  } }
  for i, r in ipairs(rows) do
    local cells = { option = s.outline.options[i].id, name = s.outline.options[i].name }
    for key, value in pairs(r) do cells[key] = value end
    local row = s.row(t, cells)
    if i == best_of(rows) then s.mark(t, row) end
  end
end

-- The same under each curve, and who is best there.
local function tell_curves(s, by_curve)
  local columns = { { key = "curve", hidden = true }, { key = "name", title = "Customers have" } }
  for i, option in ipairs(s.outline.options) do
    columns[#columns + 1] = { key = "value." .. option.id, title = option.name, digits = 0 }
  end
  columns[#columns + 1] = { key = "best", title = "Best" }
  local t = s.table { key = "curves", title = "Value with word of mouth, under each curve", columns = columns }
  for _, curve in ipairs(curves) do
    local rows = by_curve[curve]
    local cells = { curve = curve, name = in_words[curve], best = s.outline.options[best_of(rows)].name }
    for i, option in ipairs(s.outline.options) do cells["value." .. option.id] = rows[i].with_word_of_mouth end
    s.row(t, cells)
  end
end

local function tell_in_words(s, p, by_curve, by_value)
  local best = best_of(by_curve[p.curve])
  local name = s.outline.options[best].name
  s.fact("best", s.outline.options[best].id)
  s.say(name .. " is worth most over the years, if customers have " .. in_words[p.curve] .. ".")
  for _, curve in ipairs(curves) do
    local other = best_of(by_curve[curve])
    if other ~= best then
      s.say("If they have " .. in_words[curve] .. ", it is " .. s.outline.options[other].name .. ".")
    end
  end
  if by_value and by_value ~= s.outline.options[best].id then
    s.say("By the value index it would be " .. s.outline.options[by_value].name .. ".")
  end
  s.say("The curve, and what promoters and detractors do, are assumptions, set by options of the command. "
        .. "Satisfaction is the mean of an option's target customers.")
end

return ve.plugin {
  abi = 1, kind = "study", name = "loyalty", version = "1.1",
  summary = "satisfaction, loyalty, word of mouth and the value of a customer",
  example = "vescore loyalty MODEL.lua --price 360",
  parameters = {
    { name = "price", type = "number", above = 0, default = 360, doc = "what a customer pays each time" },
    { name = "stays", type = "number", above = 0, default = 2, doc = "how often a loyal customer buys in a year" },
    { name = "curve", type = "choice", choices = curves, default = "competition",
      doc = "how satisfaction becomes loyalty: how much choice customers have" },
    { name = "most", type = "number", low = 0, high = 1, default = 0.9,
      doc = "share of the fully satisfied who come again the next year" },
    { name = "brings", type = "number", low = 0, default = 0.2, doc = "new customers whom a promoter brings in a year" },
    { name = "keeps_away", type = "number", low = 0, default = 0.1,
      doc = "customers whom a detractor keeps away in a year" },
    { name = "scatter", type = "number", above = 0, default = 1, doc = "how far answers from 0 to 10 scatter" },
    { name = "discount", type = "number", low = 0, default = 0.08, doc = "interest a year" },
    { name = "years", type = "integer", low = 1, high = 100, default = 10, doc = "how many years are counted" },
  },
  study = function(p, s)
    local low, high = s.outline.scale_low, s.outline.scale_high
    if not low or not high then return s.say("The model needs a scale, such as scale = { 0, 4 }.") end
    local outcome = s.evaluate { aggregate = "mean", positioned = true }
    local by_curve = {}
    for _, curve in ipairs(curves) do
      by_curve[curve] = {}
      for i, option in ipairs(outcome.options) do
        by_curve[curve][i] = follow(p, option, (option.function_score - low) / (high - low), curve)
      end
    end
    tell_in_words(s, p, by_curve, outcome.best)
    tell_each(s, by_curve[p.curve])
    tell_curves(s, by_curve)
    for i, option in ipairs(outcome.options) do
      if p.price <= option.cost then
        s.warn(s.outline.options[i].name .. " costs more than a customer pays.", "ask a higher --price")
      end
    end
  end,
}
