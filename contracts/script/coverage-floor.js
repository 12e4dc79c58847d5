#!/usr/bin/env node
// coverage-floor.js LCOV LINES BRANCHES: prints the coverage of src/ and fails below the given percentages.
'use strict';
const fs = require('fs');

const [file, lineFloor, branchFloor] = process.argv.slice(2);
const sum = { LF: 0, LH: 0, BRF: 0, BRH: 0 };
let counted = false;
for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
  const [key, value] = line.split(':');
  if (key === 'SF') counted = value.startsWith('src/');
  else if (counted && key in sum) sum[key] += Number(value);
}
const lines = (100 * sum.LH) / sum.LF;
const branches = (100 * sum.BRH) / sum.BRF;
process.stdout.write(`contracts: coverage of src: lines ${lines.toFixed(2)} %, branches ${branches.toFixed(2)} %\n`);
// Written so that a missing number fails too.
if (!(lines >= Number(lineFloor) && branches >= Number(branchFloor))) {
  process.stderr.write(`contracts: at least ${lineFloor} % of lines and ${branchFloor} % of branches are asked for\n`);
  process.exitCode = 1;
}
