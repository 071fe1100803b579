local f = function() end
return ve.model { title = f, functions = f, options = { f, f }, scale = { f, f } }
