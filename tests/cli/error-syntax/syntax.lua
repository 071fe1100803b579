return ve.model {
  title = "no comma"
  functions = {},
}
