#!/usr/bin/env node
// Writes the table of gas in README.md from snapshots/; with --check it only tells whether the table is up to date.
'use strict';
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const readme = path.join(root, 'README.md');
const [begin, end] = ['<!-- gas: begin -->', '<!-- gas: end -->'];

const rows = ['| contract | call | gas |', '|---|---|---:|'];
for (const file of fs.readdirSync(path.join(root, 'snapshots')).sort()) {
  const contract = path.basename(file, '.json');
  const calls = JSON.parse(fs.readFileSync(path.join(root, 'snapshots', file), 'utf8'));
  for (const call of Object.keys(calls).sort()) {
    rows.push(`| \`${contract}\` | ${call} | ${Number(calls[call]).toLocaleString('en-US')} |`);
  }
}

const text = fs.readFileSync(readme, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${begin} and ${end}`);
const wanted = `${text.slice(0, from + begin.length)}\n${rows.join('\n')}\n${text.slice(to)}`;
if (process.argv.includes('--check')) {
  if (wanted !== text) {
    process.stderr.write('contracts: the gas table in README.md is out of date: run script/gas-table.js and commit it\n');
    process.exitCode = 1;
  }
} else {
  fs.writeFileSync(readme, wanted);
}
