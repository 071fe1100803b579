return ve.model { options = { { id = "A" }, nil, { id = "B" } } }
