import { expect, test } from "vitest";
import { tally } from "./matrix.ts";
import { racesMatrix } from "./races.ts";

test("whoever writes before a call of ours loses nothing that nobody hears of", async () => {
  await using matrix = await racesMatrix(20_261_121);
  // Shortly before our write is when something can be lost.
  const isClose = ({ name }: { readonly name: string }) =>
    /before call 2\d .* old event/.test(name);
  const close = matrix.cases.filter(isClose).slice(0, 10);
  const others = matrix.cases.filter((it) => !isClose(it)).slice(0, 4);
  const { tried, failures, limits } = await tally([...close, ...others]);
  expect(failures).toEqual([]);
  expect(tried).toBe(14);
  expect(limits.get("an edit overwritten by us, merged back")).toBeGreaterThan(0);
}, 60_000);
