return ve.model {
  title = "x" cost = 12,5 “y” = '\q', a = = 3x ]] )
