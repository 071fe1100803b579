# A survey of any shape to V, with pandas and numpy: pandas_peer.py FILE FUNCTIONS income[,age]
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import numpy as np
import pandas as pd

file, functions, attributes = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
MEAN = {"income": [3000, 5500, 9000], "age": [30, 45, 60]}
SD = {"income": [1000, 1500, 2500], "age": [10, 12, 15]}
COST = np.array([360.0, 410, 450])
weight = np.arange(1, functions + 1) / (functions * (functions + 1) / 2)
scores = [["%s_f%d" % (o, k) for k in range(1, functions + 1)] for o in "ABC"]
score_type = np.float64 if len(sys.argv) > 4 else np.uint8
kinds = {c: score_type for row in scores for c in row} | {a: np.float64 for a in attributes}
table = pd.read_csv(file, engine="c", dtype=kinds, usecols=list(kinds))
F = []
for i in range(3):
    z = sum(((table[a].to_numpy() - MEAN[a][i]) / SD[a][i]) ** 2 for a in attributes)
    a = np.exp(-0.5 * z)
    F.append((a @ table[scores[i]].to_numpy()) @ weight / a.sum())
F = np.array(F)
for v in (F / F.sum()) / (COST / COST.sum()):
    print("%.17g" % v)
