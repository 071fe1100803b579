return ve.model {}
