#!/usr/bin/env node
// Writes artifacts/NAME.json {abi, bytecode, contractName, deployedSize} for every deployable contract of src/,
// from forge's out/. Keys are sorted, so that the same sources give the same bytes.
'use strict';
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const target = process.argv[2] ? path.resolve(process.argv[2]) : path.join(root, 'artifacts');
const LIMIT = 24576; // EIP-170

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

// Only contracts that stand directly in src/ are deployed; interfaces, libraries and types are parts of them.
const sources = fs.readdirSync(path.join(root, 'src')).filter((name) => name.endsWith('.sol')).sort();
fs.mkdirSync(target, { recursive: true });
for (const old of fs.readdirSync(target)) if (old.endsWith('.json')) fs.unlinkSync(path.join(target, old));

let failed = false;
for (const source of sources) {
  const name = source.slice(0, -'.sol'.length);
  const built = JSON.parse(fs.readFileSync(path.join(root, 'out', source, `${name}.json`), 'utf8'));
  if (built.bytecode.object === '0x') continue; // abstract: a part of others
  if (Object.keys(built.bytecode.linkReferences || {}).length > 0) {
    process.stderr.write(`${name} needs a linked library: make the library's functions internal\n`);
    failed = true;
    continue;
  }
  const deployedSize = (built.deployedBytecode.object.length - 2) / 2;
  if (deployedSize >= LIMIT) {
    process.stderr.write(`${name} has ${deployedSize} bytes, the limit is ${LIMIT}: split it\n`);
    failed = true;
  }
  const artifact = { contractName: name, abi: built.abi, bytecode: built.bytecode.object, deployedSize };
  fs.writeFileSync(path.join(target, `${name}.json`), JSON.stringify(sorted(artifact), null, 1) + '\n');
}
process.exitCode = failed ? 1 : 0;
