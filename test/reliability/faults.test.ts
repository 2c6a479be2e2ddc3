import { expect, test } from "vitest";
import { faultsMatrix } from "./faults.ts";
import { tally } from "./matrix.ts";

test("whatever goes wrong, nothing gets worse, nobody is left in the dark, and the next look converges", async () => {
  await using matrix = await faultsMatrix(20_261_121);
  const isMove = ({ name }: { readonly name: string }) => name.includes(" moves to ");
  // A key of the old Region would lock every client out of the bucket.
  const isKey = ({ name }: { readonly name: string }) =>
    /default-encryption moves .*eu-/.test(name);
  const isLate = ({ name }: { readonly name: string }) => /deadline|to begin a write/.test(name);
  const suffering = matrix.cases.filter((it) => !(isMove(it) || isLate(it))).slice(0, 40);
  const late = matrix.cases.filter(isLate).slice(0, 10);
  const moving = matrix.cases.filter((it) => isMove(it) && !isKey(it)).slice(0, 20);
  const keys = matrix.cases.filter(isKey).slice(0, 8);
  const all = [...suffering, ...late, ...moving, ...keys];
  const { tried, failures } = await tally(all, matrix.atOnce);
  expect(failures).toEqual([]);
  expect(tried).toBe(78);
}, 60_000);
