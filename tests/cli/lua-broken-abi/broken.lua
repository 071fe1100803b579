return ve.plugin {
  abi = 2, kind = "rule",
}
