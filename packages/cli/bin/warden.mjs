#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must get one clear line, not a syntax error from a .ts file.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `warden needs Node 22.18 or later and found ${process.versions.node}. Run it as "npx warden" after "npm ci", or install a newer Node from https://nodejs.org.`,
  );
  process.exit(1);
}
await import("./start.mjs");
await import("../src/main.ts");
