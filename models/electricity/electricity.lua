-- Service levels of an electricity supplier
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The survey is made up: 150 customers of three kinds rated each level from 0 to 4. See README.md.
return ve.model {
  title      = "Service levels for electricity customers",
  currency   = "CNY per customer and month",
  attributes = { kind = "text", use = "kWh per month" },
  scale      = { 0, 4 },

  functions = {
    weights = ve.parties {
      { "supplier",  0.3, ve.zero_four { relations = { "restore > notice", "restore >> answer", "restore > bill" } } },
      { "customers", 0.5, ve.direct { restore = 45, notice = 20, answer = 20, bill = 15 } },
      { "regulator", 0.2, ve.zero_one { order = { "restore", "bill", "notice", "answer" } } },
    },
    { id = "restore", name = "Back on soon after a cut", minimum = 2 }, -- the licence asks for it
    { id = "notice",  name = "Tells before it cuts" },
    { id = "answer",  name = "Answers the telephone" },
    { id = "bill",    name = "Bills that can be read" },
  },

  options = {
    { id = "standard", name = "Standard", cost = 3.2,
      target = ve.categories { by = "kind", value = { home = 1, shop = 0.3, factory = 0 } } },
    { id = "priority", name = "Priority", cost = ve.normal { mean = 4.6, sd = 0.3 },
      target = ve.categories { by = "kind", value = { home = 0.2, shop = 1, factory = 0.4 } } },
    { id = "premium",  name = "Premium",  cost = ve.normal { mean = 6.4, sd = 0.6 },
      target = ve.categories { by = "kind", value = { home = 0, shop = 0.3, factory = 1 } } },
  },
  survey = ve.csv { file = "survey.csv", scores = "{option}_{function}" },

  scenarios = {
    { name = "a stricter licence", set = { ["functions.restore.minimum"] = 2.6 } },
    { name = "no gate", set = { ["functions.restore.minimum"] = 0 } },
    { name = "crews on call", change = function(m)
        m.options.standard.cost = 3.5
        m.options.priority.cost = 4.9
      end },
  },
}
