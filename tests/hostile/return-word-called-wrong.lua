return ve.model(5)
