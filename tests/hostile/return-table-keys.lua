return ve.model { [{}] = 1, [true] = 2, [1.5] = 3, [ve] = 4 }
