import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import { absent } from "../model/reading.ts";
import type { BeforeImage, Table, TableRecord, WriteBudget } from "./ledger.ts";
import { ledgerIn } from "./ledger-in.ts";

const at = "2026-11-20T00:00:00.000Z";
const controls = ["ssl-only"];
const step = { document: "policy", on, controls, before: absent, after: { text: "{}" } } as const;
const image: BeforeImage = { taskId: "t-1", step, at };
const budget: WriteBudget = { account: on.account, writes: 1, perDay: 1, at };

/** A table whose counter and whose first `put` do as they are told; it tells what was put. */
function tableWith(doing: { readonly add: Table["add"]; readonly put?: "fails" }) {
  const records: TableRecord[] = [];
  let puts = 0;
  const table: Pick<Table, "put" | "add"> = {
    add: doing.add,
    put: async (record) => {
      puts += 1;
      if (doing.put === "fails" && puts === 1) throw new Error("no answer");
      records.push(record);
    },
  };
  // Nothing else of the table is used to keep a before-image.
  return { records, ledger: ledgerIn(table as Table) };
}

const grants = async () => 1;
const refuses = async () => undefined;
const fails = () => Promise.reject(new Error("throttled"));

test("a before-image is kept where the budget has room", async () => {
  const { ledger, records } = tableWith({ add: grants });
  expect(await ledger.keepBeforeImage(image, budget)).toBe(true);
  expect(records.map(({ value }) => value)).toEqual([image]);
});

test("a before-image that may lie there all the same is noted as that of a refused write", async () => {
  const { ledger, records } = tableWith({ add: refuses, put: "fails" });
  expect(await ledger.keepBeforeImage(image, budget)).toBe(false);
  expect(records.map(({ value }) => value)).toEqual([{ ...image, refused: true }]);
});

test.each([
  { name: "its before-image", doing: { add: grants, put: "fails" } as const, why: "no answer" },
  { name: "its budget", doing: { add: fails }, why: "throttled" },
])("a write may not happen while $name is not safe", async ({ doing, why }) => {
  const { ledger } = tableWith(doing);
  await expect(ledger.keepBeforeImage(image, budget)).rejects.toThrow(why);
});
