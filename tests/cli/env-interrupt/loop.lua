while true do local t = { {}, {}, {}, {} } end
