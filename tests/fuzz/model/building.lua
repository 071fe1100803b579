-- 科研楼：三个设计方案选一个
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A worked case of the Chinese cost engineers' textbooks: three designs for a laboratory building, scored
-- by experts. There are no customers in it, so every option brings its own scores. See README.md.
return ve.model {
  title    = "科研楼设计方案",
  currency = "元/m2",

  functions = { -- 专家给定的权重
    { id = "F1", name = "结构体系", weight = 0.25 },
    { id = "F2", name = "楼板类型", weight = 0.05 },
    { id = "F3", name = "墙体材料", weight = 0.25 },
    { id = "F4", name = "面积系数", weight = 0.35 },
    { id = "F5", name = "窗户类型", weight = 0.10 },
  },

  options = { -- 单方造价，各项功能得分（10 分制）
    { id = "A", name = "大柱网框架轻墙", cost = 1438, scores = { F1 = 10, F2 = 10, F3 = 8, F4 = 9, F5 = 9 } },
    { id = "B", name = "内浇外砌",       cost = 1108, scores = { F1 = 10, F2 = 10, F3 = 9, F4 = 8, F5 = 7 } },
    { id = "C", name = "砖混结构",       cost = 1082, scores = { F1 = 8,  F2 = 9,  F3 = 7, F4 = 7, F5 = 8 } },
  },
  scale = { 0, 10 },

  scenarios = {
    { name = "A 造价降低 20 %", set = { ["options.A.cost"] = 1150.4 } },
    { name = "面积优先", set = { ["functions.F4.weight"] = 0.6 } }, -- 其余权重按原比例缩小
  },
}
