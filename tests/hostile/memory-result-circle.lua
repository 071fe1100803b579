local t = {}
t.parts = { t }
return ve.model { functions = { t } }