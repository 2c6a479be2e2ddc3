import { expect, test } from "vitest";
import { hasTimeToWrite, lookUntil } from "./settle.ts";

/** A clock on which time passes only while somebody sleeps. */
function clockAt(start: number) {
  let time = start;
  const now = () => time;
  const sleep = async (milliseconds: number) => {
    time += milliseconds;
  };
  return { now, sleep };
}

test.each([
  { endsAt: undefined, has: true },
  { endsAt: 130_000, has: true },
  { endsAt: 129_999, has: false },
  { endsAt: 100_000, has: false },
  { endsAt: 0, has: false },
])("at 100,000 with the end at $endsAt there is time for a write: $has", ({ endsAt, has }) => {
  const terms = endsAt === undefined ? {} : { endsAt };
  expect(hasTimeToWrite(terms, clockAt(100_000))).toBe(has);
});

test.each([
  { name: "what shows at once is looked at once", shows: 0, looks: 1, waited: 0 },
  { name: "what shows late is waited for", shows: 1_400, looks: 4, waited: 1_400 },
  { name: "what never shows is given up", shows: 1e9, looks: 6, waited: 7_400 },
  { name: "near the end nobody waits", shows: 1e9, endsAt: 15_050, looks: 1, waited: 0 },
  {
    name: "it is waited as long as there is time",
    shows: 1e9,
    endsAt: 16_400,
    looks: 4,
    waited: 1_400,
  },
  { name: "also near the end one look is made", shows: 0, endsAt: 0, looks: 1, waited: 0 },
])("$name", async ({ shows, endsAt, looks, waited }) => {
  const clock = clockAt(0);
  let looked = 0;
  const look = async () => {
    looked += 1;
    return clock.now();
  };
  const terms = endsAt === undefined ? { clock } : { clock, endsAt };
  expect(await lookUntil(look, (at) => at >= shows, terms)).toBe(waited);
  expect(looked).toBe(looks);
});
