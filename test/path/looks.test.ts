import { paginateScan } from "@aws-sdk/client-dynamodb";
import { controlIds, parseBaseline } from "@bucket-warden/core/baseline";
import { reconcile } from "@bucket-warden/core/reconcile";
import { lookOver } from "@bucket-warden/core/work-off-looks";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { wire } from "../../packages/functions/src/wiring.ts";
import { sweepOf } from "../reliability/work.ts";
import { ledgerClientOf } from "./ledger-client.ts";
import { rehearse } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 30_000 });

const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.sandbox.faults.clear());

const { sandbox, deployment } = stage;
const { ports } = wire(deployment.variables);

/** Documents that are wrong, or right in other words. */
const documents = {
  policy: [undefined, '{"Version":"2012-10-17","Statement":[]}'],
  encryption: [undefined],
  versioning: [undefined],
  logging: [undefined],
  publicAccessBlock: [undefined],
  tagging: ["<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"],
} as const;

interface Case {
  readonly changed: readonly (keyof typeof documents)[];
  /** What the ledger knows: nothing, the bucket as it was, or as it is. */
  readonly known: "nothing" | "before" | "now";
  readonly mode: "remediate" | "alert" | "waived";
  readonly trouble: "none" | "access-denied" | "throttle";
}

const cases: fc.Arbitrary<Case> = fc.record({
  changed: fc.subarray([...Object.keys(documents)] as (keyof typeof documents)[]),
  known: fc.constantFrom("nothing", "before", "now"),
  mode: fc.constantFrom("remediate", "alert", "waived"),
  trouble: fc.constantFrom("none", "none", "none", "access-denied", "throttle"),
});

/** All that the product remembers, as text. */
async function remembered(): Promise<readonly string[]> {
  const client = ledgerClientOf(stage);
  const table = { TableName: deployment.resources.ledgerTable, ConsistentRead: true };
  const pages = await Array.fromAsync(paginateScan({ client }, table));
  return pages.flatMap(({ Items = [] }) => Items.map((item) => JSON.stringify(item))).toSorted();
}

let sweeps = 0;
function newSweep(): string {
  sweeps += 1;
  return `sweep-${sweeps}`;
}

function termsFor(mode: Case["mode"]) {
  const waiver = { controls: controlIds, buckets: ["*"], reason: "a test", approver: "bob" };
  const [approved, expires] = [0, 60].map((days) => dayIn(days));
  const waived = { ...sandboxBaseline, waivers: [{ ...waiver, approved, expires }] };
  const { versioning: _, ...others } = sandboxBaseline;
  const input = { remediate: sandboxBaseline, alert: others, waived }[mode];
  return { baseline: parseBaseline(input, "test"), attempt: 1, retrySeconds: 0 };
}

function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Looks at a bucket of this case, then reconciles it. */
async function play({ changed, known, mode, trouble }: Case) {
  const terms = termsFor(mode);
  const bucket = stage.bucket();
  const work = () => reconcile(sweepOf(stage, bucket, newSweep()), terms, ports);
  if (known === "before") await work();
  for (const document of changed) stage.change(bucket, document, documents[document][0]);
  if (known === "now") await work();
  if (trouble !== "none") sandbox.faults.add({ kind: trouble, bucket, operation: "GetBucketAcl" });

  const task = sweepOf(stage, bucket, newSweep());
  const { isSettled } = await lookOver(task, terms, ports);
  const before = { memory: await remembered(), writes: stage.writes().length };
  await reconcile(task, terms, ports);
  const after = { memory: await remembered(), writes: stage.writes().length };
  sandbox.faults.clear();
  return { isSettled, before, after };
}

describe("a look", () => {
  test("is settled only where a reconcile would write, record and tell nothing", async () => {
    const seen = { settled: 0, open: 0 };
    const law = fc.asyncProperty(cases, async (it) => {
      const { isSettled, before, after } = await play(it);
      seen[isSettled ? "settled" : "open"] += 1;
      if (isSettled) expect(after).toEqual(before);
    });
    const sound: Case = { changed: [], known: "before", mode: "remediate", trouble: "none" };
    const accepted: Case = { ...sound, changed: ["versioning"], known: "now", mode: "waived" };
    const leftToPeople: Case = { ...accepted, mode: "alert" };
    const settled = [sound, accepted, leftToPeople];
    await fc.assert(law, { numRuns: 10, examples: settled.map((it) => [it]) });
    expect(seen.settled).toBeGreaterThanOrEqual(settled.length);
  });
});

test("drift that is known is recorded after all where a delivery before was", async () => {
  const terms = termsFor("alert");
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", documents.versioning[0]);
  await reconcile(sweepOf(stage, bucket, newSweep()), terms, ports);
  const task = sweepOf(stage, bucket, newSweep());
  sandbox.faults.add({ kind: "throttle", bucket, operation: "GetBucketAcl" });
  await reconcile(task, terms, ports);
  expect((await ports.ledger.find(task.id))?.outcome.kind).toBe("retry");
  sandbox.faults.clear();
  await reconcile(task, { ...terms, attempt: 2 }, ports);
  expect((await ports.ledger.find(task.id))?.outcome.kind).toBe("flagged");
});

test("a sweep of what is right reads it once, with the role that cannot write, and makes no task", async () => {
  await using own = await rehearse({ watch: false });
  const { calls } = own.sandbox;
  const buckets = Array.from({ length: 20 }, () => own.bucket());
  expect(await own.sweepAgain()).toEqual({ writes: [], told: 0 });
  calls.clear();
  expect(await own.sweepAgain()).toEqual({ writes: [], told: 0 });

  const read = calls.list().filter(({ service }) => !hubServices.includes(service));
  expect(new Set(read.map(({ principal }) => principal.split("/")[1]))).toEqual(
    new Set(["bucket-warden-reader"]),
  );
  const counts = Object.groupBy(read, ({ operation }) => operation);
  const named = ({ bucket }: { readonly bucket?: string }) => buckets.includes(bucket ?? "");
  const { ListObjectsV2: logs, ...others } = counts;
  // No log file ever came, so three spans of time are looked through.
  expect(logs).toHaveLength(3 * buckets.length);
  for (const [operation, all = []] of Object.entries(others)) {
    const times = all.filter(named).length;
    // Once for each bucket, or for all of them; two ask for the key, by two names.
    expect([operation, times > 0 ? times : all.length <= 2]).toEqual([
      operation,
      times > 0 ? buckets.length : true,
    ]);
  }

  const byLook = () =>
    calls
      .list({ service: "sqs" })
      .filter(({ principal }) => /bucket-warden-look\b/.test(principal));
  expect(byLook()).toEqual([]);

  const [drifted = ""] = buckets;
  own.change(drifted, "versioning", undefined);
  expect(await own.sweepAgain()).toEqual({ writes: ["PutBucketVersioning"], told: 1 });
  expect(own.told(drifted)).toEqual(["fixed versioning"]);
  expect(byLook()).toHaveLength(1);
});

const hubServices: readonly string[] = ["dynamodb", "sqs", "ssm", "sts", "lambda", "sns"];
