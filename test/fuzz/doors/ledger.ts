import { historyOf } from "@bucket-warden/core/history";
import { ledgerIn, type Table } from "@bucket-warden/core/record";
import fc from "fast-check";
import { timelineOf } from "../../../packages/cli/src/ledger/describe.ts";
import { mangled } from "../../arbitraries/mangled.ts";
import { bucketCalled } from "../../notify/messages.ts";
import { door, requirePrintable } from "../door.ts";

interface Kept {
  readonly value: unknown;
  readonly pointer: unknown;
}

const on = bucketCalled("invoices");
const step = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: { state: "present", value: { status: "Suspended" }, fingerprint: "f" },
  after: { status: "Enabled" },
};
const at = "2026-11-21T10:15:00.000Z";
const entry = {
  id: "t-1",
  task: {
    id: "t-1",
    ref: on,
    cause: { kind: "manual", requestId: "r", requestedBy: "bob", reason: "audit" },
    mode: "apply",
    touches: "all",
  },
  startedAt: at,
  endedAt: at,
  findings: [
    {
      control: "versioning",
      mode: "remediate",
      assessment: {
        kind: "drift",
        summary: "it is suspended",
        allowance: { mode: "automatic" },
        intents: [],
      },
    },
  ],
  plan: { on, basedOn: {}, steps: [step], held: [] },
  receipts: [{ kind: "written", step, at }],
  outcome: { kind: "fixed", controls: ["versioning"] },
  announced: true,
  pending: [],
};

/** A table in which one record of each kind stands, and a pointer to the entry. */
function tableWith({ value, pointer }: Kept): Table {
  const refused = () => Promise.reject(new Error("nothing is written here"));
  return {
    put: refused,
    putNew: refused,
    add: refused,
    get: async () => value,
    async *list(partition, { prefix }) {
      if (prefix === "entry#") yield { partition, sort: `entry#${at}#t-1`, value: pointer };
      else if (prefix === "waiver#") yield { partition, sort: "waiver#t-1", value };
      else yield* ["entry", `image#${at}#policy`].map((sort) => ({ partition, sort, value }));
    },
    async *between(partition, { first: sort }) {
      yield { partition, sort, value };
    },
    async *everywhere(sort) {
      yield { partition: "task#t-1", sort, value };
    },
  };
}

async function remembered(kept: Kept): Promise<void> {
  const ledger = ledgerIn(tableWith(kept));
  for (const line of timelineOf(await historyOf(ledger, on, 5))) requirePrintable(line);
}

const waiver = {
  accounts: ["111122223333"],
  controls: ["versioning"],
  reason: "undone",
  approver: "bob",
  approved: at,
  expires: at,
};

export const ledgerDoors = [
  door({
    name: "entries of the ledger",
    inputs: fc.record({
      value: mangled([entry]),
      pointer: fc.oneof({ weight: 9, arbitrary: fc.constant("t-1") }, mangled([{}, "t-1"])),
    }),
    enter: remembered,
  }),
  door({
    name: "what earlier deliveries left in the ledger",
    inputs: mangled([entry, { ...entry, taskId: "t-1", step, at }]),
    enter: (value) => ledgerIn(tableWith({ value, pointer: "t-1" })).earlier("t-1"),
  }),
  door({
    name: "waivers in the ledger",
    inputs: mangled([{ id: "t-1", waiver }]),
    enter: (value) => ledgerIn(tableWith({ value, pointer: "t-1" })).waivers(on),
  }),
];
