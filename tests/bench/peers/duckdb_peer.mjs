// A survey of any shape to V, with DuckDB: node duckdb_peer.mjs FILE FUNCTIONS income[,age] [half]
// SPDX-License-Identifier: GPL-3.0-or-later
import { createRequire } from "module";
const require = createRequire(process.env.PEERS_NODE + "/x.cjs");
const { DuckDBInstance } = require("@duckdb/node-api");
const [file, count, names, half] = process.argv.slice(2), K = Number(count), attributes = names.split(",");
const MEAN = { income: [3000, 5500, 9000], age: [30, 45, 60] }, SD = { income: [1000, 1500, 2500], age: [10, 12, 15] };
const COST = [360, 410, 450], total = COST.reduce((x, y) => x + y), options = [..."ABC"];
const weight = k => (k + 1) / (K * (K + 1) / 2);
const functions = [...Array(K).keys()];
const types = ["'id':'VARCHAR'", ...attributes.map(a => `'${a}':'DOUBLE'`),
  ...options.flatMap(o => functions.map(k => `'${o}_f${k + 1}':'${half ? "DOUBLE" : "UTINYINT"}'`))].join(",");
const a = options.map((o, i) => "exp(-0.5*(" + attributes.map(x => `pow((${x}-${MEAN[x][i]})/${SD[x][i]},2)`).join("+") + `)) AS a${o}`);
const s = options.map(o => functions.map(k => `${weight(k)}::DOUBLE*${o}_f${k + 1}`).join("+") + ` AS s${o}`);
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
const result = await connection.runAndReadAll(`WITH w AS (SELECT ${a},${s} FROM read_csv('${file}',header=true,delim=',',columns={${types}})),
  f AS (SELECT ${options.map(o => `sum(a${o}*s${o})/sum(a${o}) AS F${o}`)} FROM w)
  SELECT ${options.map((o, i) => `(F${o}/(FA+FB+FC))/(${COST[i]}::DOUBLE/${total})`)} FROM f`);
for (const v of result.getRows()[0]) console.log(Number(v).toPrecision(17));
process.exit(0);
