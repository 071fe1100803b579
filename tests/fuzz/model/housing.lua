-- Three housing standards, each meant for customers of another income.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The case that introduced value analysis with differentiated customers. From the paper: the target incomes
-- (10000, 6000 and 3000 a month), six customers, four parties, 5 upper and 10 lower functions. The paper's
-- tables are lost: incomes, function names, points, scores and costs here are SYNTHETIC. See README.md.

-- The four parties judge together. The paper gives them no shares, so they count alike.
local share = { owner = 0.25, contractor = 0.25, user = 0.25, third = 0.25 }

-- Each party spreads 10 points over the parts of one function.
local function points(party)
  return ve.parties {
    { "owner",      share.owner,      ve.direct(party.owner) },
    { "contractor", share.contractor, ve.direct(party.contractor) },
    { "user",       share.user,       ve.direct(party.user) },
    { "third",      share.third,      ve.direct(party.third) },
  }
end

local functions = {
  -- The upper functions: each party in the way that suits it.
  weights = ve.parties {
    { "owner", share.owner, ve.direct {
        use = 30, comfort = 20, safety = 15, look = 20, place = 15 } },
    { "contractor", share.contractor, ve.direct {
        use = 25, comfort = 15, safety = 40, look = 10, place = 10 } },
    { "user", share.user, ve.zero_four {
        relations = { "use = safety", "use > comfort", "comfort = place", "comfort > look" } } },
    { "third", share.third, ve.zero_one {
        order = { "safety", "use", "comfort", "place", "look" }, corrected = true } },
  },

  { id = "use", name = "Fit for daily life", parts = {
      weights = points { owner = { layout = 6, light = 4 }, contractor = { layout = 7, light = 3 },
                         user  = { layout = 5, light = 5 }, third      = { layout = 6, light = 4 } },
      { id = "layout", name = "Floor plan" },
      { id = "light",  name = "Daylight and fresh air" } } },

  { id = "comfort", name = "Comfort", parts = {
      weights = points { owner = { quiet = 5, storey = 5 }, contractor = { quiet = 5, storey = 5 },
                         user  = { quiet = 7, storey = 3 }, third      = { quiet = 6, storey = 4 } },
      { id = "quiet",  name = "Quiet and warmth" },
      { id = "storey", name = "Storey height" } } },

  -- A home that is not safe is no bargain: below 1.5 an option cannot win, whatever its value.
  { id = "safety", name = "Safety", minimum = 1.5, parts = {
      weights = points { owner = { frame = 6, fire = 4 }, contractor = { frame = 8, fire = 2 },
                         user  = { frame = 5, fire = 5 }, third      = { frame = 7, fire = 3 } },
      { id = "frame", name = "Sound structure" },
      { id = "fire",  name = "Fire, flood, burglary" } } },

  { id = "look", name = "Appearance", parts = {
      weights = points { owner = { facade = 6, fittings = 4 }, contractor = { facade = 4, fittings = 6 },
                         user  = { facade = 2, fittings = 8 }, third      = { facade = 4, fittings = 6 } },
      { id = "facade",   name = "Facade" },
      { id = "fittings", name = "Interior fittings" } } },

  { id = "place", name = "Neighbourhood", parts = {
      weights = points { owner = { green = 5, services = 5 }, contractor = { green = 5, services = 5 },
                         user  = { green = 3, services = 7 }, third      = { green = 5, services = 5 } },
      { id = "green",    name = "Gardens" },
      { id = "services", name = "Shops, schools, parking" } } },
}

return ve.model {
  title      = "Three housing standards",
  currency   = "CNY/m2",
  attributes = { income = "CNY/month" },
  functions  = functions,

  -- No sd: like the paper, the targets take the standard deviation of the surveyed incomes (4364.25).
  options = {
    { id = "A", name = "High standard",   cost = 2500, target = ve.normal { mean = 10000 } },
    { id = "B", name = "Middle standard", cost = 2200, target = ve.normal { mean = 6000 } },
    { id = "C", name = "Basic standard",  cost = 1900, target = ve.normal { mean = 3000 } },
  },

  -- One row per customer, who rates every option on every lower function from 0 to 4, by his own needs.
  survey = ve.csv { file = "survey.csv", customer = "customer", attributes = { income = "income" },
                    scores = "{option}_{function}" },
  scale  = { 0, 4 },

  scenarios = {
    { name = "A moves down", change = function(m) m.options.A.target.mean = 7000 end },
    { name = "B moves upmarket", change = function(m) m.options.B.target.mean = 8000 end },

    -- Half the gap between neighbouring targets: customers of one standard hardly count for the next.
    { name = "narrow targets", change = function(m)
        for _, option in ipairs(m.options) do option.target.sd = 2000 end
      end },

    { name = "A dearer by 15 %", set = { ["options.A.cost"] = 2875 } },
    { name = "user decides", set = { ["functions.weights.user.share"] = 0.75 } },
  },
}
