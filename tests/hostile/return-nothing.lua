ve.model {}
