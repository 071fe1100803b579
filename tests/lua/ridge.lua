-- A joint distribution: customers count by their distance from a line through two attributes.
return ve.plugin {
  abi = 1, kind = "distribution", name = "ridge", version = "1.0", joint = true,
  summary = "customers near a line in the plane of income and age",
  example = "ve.ridge { income = 9000, age = 40, width = 1 }",
  parameters = {
    { name = "income", type = "number", unit = "CNY/month", doc = "income on the line" },
    { name = "age", type = "number", doc = "age on the line" },
    { name = "width", type = "number", above = 0, default = 1, doc = "how broad it is" },
  },
  log_density = function(p, x)
    assert(x[1] == x.income and x[2] == x.age)
    local out = {}
    for i = 1, #x.income do
      local z = ((x.income[i] - p.income) / 1000 - (x.age[i] - p.age) / 10) / p.width
      out[i] = -z * z / 2
    end
    return out
  end,
  log_peak = function(p) return 0 end,
  mean = function(p) return { income = p.income, age = p.age } end,
}
