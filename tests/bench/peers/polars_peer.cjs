// A survey of any shape to V, with polars: node polars_peer.cjs FILE FUNCTIONS income[,age] [half]
// SPDX-License-Identifier: GPL-3.0-or-later
const pl = require(process.env.PEERS_NODE + "/node_modules/nodejs-polars");
const [file, count, names, half] = process.argv.slice(2), K = Number(count), attributes = names.split(",");
const MEAN = { income: [3000, 5500, 9000], age: [30, 45, 60] }, SD = { income: [1000, 1500, 2500], age: [10, 12, 15] };
const COST = [360, 410, 450], options = [..."ABC"], weight = k => (k + 1) / (K * (K + 1) / 2);
const schema = { id: pl.Int64 };
for (const a of attributes) schema[a] = pl.Float64;
for (const o of options) for (let k = 1; k <= K; k++) schema[`${o}_f${k}`] = half ? pl.Float64 : pl.UInt8;
const table = pl.readCSV(file, { schema });
const sums = [];
options.forEach((o, i) => {
  const z = attributes.map(x => pl.col(x).sub(pl.lit(MEAN[x][i])).div(pl.lit(SD[x][i]))).map(d => d.mul(d));
  const a = z.slice(1).reduce((x, y) => x.add(y), z[0]).mul(pl.lit(-0.5)).exp();
  let s = pl.col(`${o}_f1`).cast(pl.Float64).mul(pl.lit(weight(0)));
  for (let k = 1; k < K; k++) s = s.add(pl.col(`${o}_f${k + 1}`).cast(pl.Float64).mul(pl.lit(weight(k))));
  sums.push(a.mul(s).sum().alias(`n${i}`), a.sum().alias(`d${i}`));
});
const r = table.lazy().select(...sums).collectSync().toRecords()[0];
const F = [0, 1, 2].map(i => r[`n${i}`] / r[`d${i}`]), sum = F[0] + F[1] + F[2], total = COST[0] + COST[1] + COST[2];
for (let i = 0; i < 3; i++) console.log(((F[i] / sum) / (COST[i] / total)).toPrecision(17));
