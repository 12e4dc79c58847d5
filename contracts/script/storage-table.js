#!/usr/bin/env node
// Writes STORAGE.md from the storage layouts in out/; with --check it only tells whether the page is up to date.
'use strict';
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const page = path.join(root, 'STORAGE.md');

const text = [
  '# Storage layouts',
  '',
  'Written by `script/storage-table.js` from what the compiler says; `check` compares. Slot, byte offset and size of every',
  'state variable of every deployed contract, and of the members of the structs in them. Constants and immutables have no slot.',
];
const rows = (members) => members.map((m) => `| ${m.slot} | ${m.offset} | ${m.size} | \`${m.label}\` | \`${m.type}\` |`);
const head = ['', '| slot | offset | bytes | name | type |', '|---:|---:|---:|---|---|'];

for (const source of fs.readdirSync(path.join(root, 'src')).filter((name) => name.endsWith('.sol')).sort()) {
  const name = source.slice(0, -'.sol'.length);
  const built = JSON.parse(fs.readFileSync(path.join(root, 'out', source, `${name}.json`), 'utf8'));
  if (built.bytecode.object === '0x') continue; // abstract: a part of others
  const { storage, types } = built.storageLayout;
  const described = (list) => list.map((v) => ({
    slot: v.slot, offset: v.offset, size: types[v.type].numberOfBytes, label: v.label, type: types[v.type].label,
  }));
  text.push('', `## ${name}`);
  if (storage.length === 0) {
    text.push('', 'No state.');
    continue;
  }
  text.push(...head, ...rows(described(storage)));
  const structs = Object.values(types || {}).filter((type) => type.members);
  for (const struct of structs.sort((a, b) => (a.label < b.label ? -1 : 1))) {
    text.push('', `\`${struct.label}\`: ${struct.numberOfBytes} bytes`, ...head, ...rows(described(struct.members)));
  }
}

const wanted = `${text.join('\n')}\n`;
if (process.argv.includes('--check')) {
  if (!fs.existsSync(page) || fs.readFileSync(page, 'utf8') !== wanted) {
    process.stderr.write('contracts: STORAGE.md is out of date: run script/storage-table.js after forge build and commit it\n');
    process.exitCode = 1;
  }
} else {
  fs.writeFileSync(page, wanted);
}
