-- Every table of a study, tabs between the fields.
return ve.plugin {
  abi = 1, kind = "report", name = "tsv", version = "1.0",
  summary = "tables with tabs",
  parameters = { { name = "nothing", type = "text", default = "-", doc = "what stands where nothing is known" } },
  report = function(p, r)
    local lines = {}
    for _, t in ipairs(r.tables) do
      if not t.paper then
        local cells = {}
        for c, column in ipairs(t.columns) do cells[c] = column.key end
        lines[#lines + 1] = table.concat(cells, "\t")
        for _, row in ipairs(t.rows) do
          for c, column in ipairs(t.columns) do
            local value = row[column.key]
            cells[c] = value == nil and p.nothing or tostring(value)
          end
          lines[#lines + 1] = table.concat(cells, "\t")
        end
      end
    end
    return table.concat(lines, "\n") .. "\n"
  end,
}
