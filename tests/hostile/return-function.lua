return ve.model
