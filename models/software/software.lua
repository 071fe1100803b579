-- A software vendor's products, with everything that they cost the customer.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is MADE UP (models/made_up.py), and so are prices, judgements, components and targets. See README.md.
local wage = 90 -- CNY an hour: what an hour of the customer's people costs

-- What a user costs the customer in a year: the price, the hours of work that the product leaves to people (each company
-- wrote them down), learning it, trouble with it, setting it up.
local function user(item)
  return ve.parts {
    price    = item.price,
    by_hand  = { hours = ve.column { name = "{option}_hours" }, rate = wage },
    learning = { hours = item.learning, rate = wage },
    trouble  = item.trouble,
    setup    = item.setup and ve.life_cycle { initial = item.setup, rate = 0.08, years = 5 } or 0,
  }
end

return ve.model {
  title      = "Products of a software vendor",
  currency   = "CNY a user and year",
  attributes = { staff = "people" },

  functions = {
    -- Three judges compare in pairs; each pair is the geometric mean of what they say.
    weights = ve.ahp { judges = {
      { "buyers", 0.5, pairs = { { "fit", "ease", 2 }, { "fit", "connect", 3 }, { "fit", "support", 5 },
                                 { "ease", "connect", 2 }, { "ease", "support", 3 }, { "connect", "support", 2 } } },
      { "users",  0.3, pairs = { { "ease", "fit", 2 }, { "ease", "connect", 6 }, { "ease", "support", 3 },
                                 { "fit", "connect", 4 }, { "fit", "support", 2 }, { "support", "connect", 2 } } },
      { "IT",     0.2, pairs = { { "connect", "fit", 2 }, { "connect", "ease", 5 }, { "connect", "support", 2 },
                                 { "fit", "ease", 3 }, { "fit", "support", 1 }, { "support", "ease", 3 } } },
    } },
    { id = "fit",     name = "Fits the work" },
    { id = "ease",    name = "Easy to use" },
    { id = "connect", name = "Connects to the rest" },
    { id = "support", name = "Help from the vendor" },
  },

  options = {
    { id = "desk", name = "Desk", target = ve.lognormal { median = 16, spread = 0.6 },
      cost = user { price = 900, learning = 3, trouble = ve.normal { mean = 90, sd = 40 } } },
    { id = "suite", name = "Suite", target = ve.lognormal { median = 260, spread = 0.5 },
      cost = user { price = 1250, learning = ve.triangular { low = 4, mode = 6, high = 11 },
                    trouble = ve.normal { mean = 160, sd = 60 }, setup = 900 } },
    { id = "cloud", name = "Cloud", -- for small companies and for large ones, not for those between
      target = ve.mixture { parts = { { ve.normal { mean = 18, sd = 9 }, share = 0.6 },
                                      { ve.normal { mean = 240, sd = 80 }, share = 0.4 } } },
      cost = user { price = 1600, learning = 3, trouble = ve.normal { mean = 60, sd = 30 } } },
  },

  -- What the vendor spends on a user of Cloud, and which share of each function every component delivers.
  components = {
    { id = "core",   name = "Forms and workflow", cost = 420, serves = { fit = 0.7, ease = 0.2 } },
    { id = "design", name = "Design of screens",  cost = 110, serves = { ease = 0.6 } },
    { id = "links",  name = "Interfaces",         cost = 230, serves = { fit = 0.2, connect = 0.8 } },
    { id = "host",   name = "Computing centre",   cost = 300, serves = { connect = 0.2, support = 0.1, fit = 0.1 } },
    { id = "people", name = "Help desk",          cost = 240, serves = { ease = 0.2, support = 0.9 } },
  },
  target_cost = 1150,

  survey = ve.csv { file = "survey.csv", customer = "company", scores = "{option}_{function}" },
  scale  = { 0, 4 },

  scenarios = {
    { name = "only the price counts", change = function(m)
        m.options.desk.cost, m.options.suite.cost, m.options.cloud.cost = 900, 1250, 1600
      end },
    { name = "an hour costs 150", change = function(m)
        for _, option in ipairs(m.options) do
          option.cost.by_hand.rate, option.cost.learning.rate = 150, 150
        end
      end },
    { name = "cloud for large companies", set = { ["options.cloud.target.parts.1.share"] = 0.1 } },
    { name = "cloud at 1900", set = { ["options.cloud.cost.price"] = 1900 } },
  },
}
