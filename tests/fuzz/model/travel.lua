-- Sydney, Canberra, Melbourne: which way to travel is the best value, for which household income?
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A real survey: 210 travellers, each asked about four modes, one row per traveller and mode. See README.md.

-- Put every mode before the same travellers: households around one income, in thousands of dollars a year.
-- With `car`, the car is a hired one and costs so many dollars.
local function households(income, car)
  return function(m)
    for _, mode in ipairs(m.options) do
      mode.target.mean, mode.target.sd = income, 10
    end
    if car then m.options.car.cost = car end
  end
end

local fare = ve.column { name = "invc" } -- dollars paid for the way itself

return ve.model {
  title      = "Travel between three cities",
  currency   = "dollars a trip",
  attributes = { income = "$1000/year" },

  functions = {
    { id = "waiting", name = "Little waiting", weight = 3 },
    { id = "riding",  name = "Fast ride",      weight = 7 },
  },

  -- Each mode is meant for households like those that chose it: mean and sd of their incomes. The cost is
  -- what such travellers pay.
  options = {
    { id = "air",   name = "Plane", cost = fare, target = ve.normal { mean = 41.7, sd = 19.1 } },
    { id = "train", name = "Train", cost = fare, target = ve.normal { mean = 23.1, sd = 17.3 } },
    { id = "bus",   name = "Bus",   cost = fare, target = ve.normal { mean = 29.7, sd = 16.9 } },
    { id = "car",   name = "Car",   cost = fare, target = ve.normal { mean = 42.2, sd = 17.7 } },
  },

  survey = ve.csv {
    file = "travel_mode.csv", delimiter = ";",
    customer = "individual", attributes = { income = "hinc" },
    option = "mode", options = { air = "1", train = "2", bus = "3", car = "4" },
    -- Minutes become scores: 0 at the worst time and beyond, the full 4 at the best, a straight line between.
    scores = {
      waiting = { column = "ttme", worst = 60,  best = 0 },
      riding  = { column = "invt", worst = 720, best = 60 },
    },
  },
  scale = { 0, 4 },

  scenarios = {
    { name = "low income",    change = households(10) },
    { name = "middle income", change = households(35) },
    { name = "high income",   change = households(60) },

    -- Who owns no car hires one: 120 dollars, an assumption, in place of the survey's petrol money.
    { name = "low income, no car",    change = households(10, 120) },
    { name = "middle income, no car", change = households(35, 120) },
    { name = "high income, no car",   change = households(60, 120) },
  },
}
