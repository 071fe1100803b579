return ve.plugin {
  abi = 1, kind = "rule", name = "x", version = "1", sumary = "s",
}
