return ve.model(ve.include "part.lua")
