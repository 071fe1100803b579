-- 两种茶: two teas for customers of another income, and what four of them think.
return ve.model {
  title = "两种茶",
  currency = "CNY",
  attributes = { income = "CNY/month" },
  functions = {
    { id = "taste", name = "味道", weight = 0.7 },
    { id = "smell", name = "香气", weight = 0.3 },
  },
  options = {
    { id = "green", name = "绿茶", cost = 60, target = ve.normal { mean = 9000, sd = 2000 } },
    { id = "black", name = "红茶", cost = 40, target = ve.normal { mean = 4000, sd = 2000 } },
  },
  survey = ve.csv { file = "tea.csv", customer = "who", attributes = { income = "income" },
                    scores = "{option}_{function}" },
  scale = { 0, 4 },
}
