// How every command starts. Plain JavaScript, because nothing of ours is compiled yet.
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

// What was compiled is kept beside what was installed: a folder that others may write would let them run code here.
if (process.env["NODE_COMPILE_CACHE"] === undefined) {
  enableCompileCache(join(import.meta.dirname, "../../../node_modules/.cache/warden"));
}

const megabyte = 1024 * 1024;
const given = [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""].join(" ");
const sizes = /--(max|min|initial)[-_](semi[-_]space|old[-_]space|heap)[-_]size|growing|growth/;
if (!sizes.test(given)) keepHeapSmall();

/**
 * A machine with much memory lets garbage lie: 300 MB of it beside 40 MB in use. No limit is set at which
 * a command would end; whatever is in use still fits.
 */
function keepHeapSmall() {
  setFlagsFromString("--heap-growing-percent=75");
  // The largest size of the new space is fixed once Node runs, the factor by which it grows is not: it
  // grows once, from 1 MB to 16 MB for each half, when something in it survives, and stays so.
  setFlagsFromString("--semi-space-growth-factor=16");
  const kept = [];
  while (newSpaceBytes() < 16 * megabyte && kept.length < 1_000)
    kept.push(new Array(2_000).fill(0));
  setFlagsFromString("--semi-space-growth-factor=1");
}

function newSpaceBytes() {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  return space?.space_size ?? Number.POSITIVE_INFINITY;
}
