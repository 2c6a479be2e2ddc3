import { expect, test } from "vitest";
import type { Facet } from "../model/facets.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import { attribute } from "./attribute.ts";
import type { PastChange } from "./history.ts";

function change(eventName: string, touches: ConfigChange["touches"]): PastChange {
  return {
    kind: "change",
    change: {
      kind: "config-change",
      eventName,
      eventId: `id of ${eventName}`,
      eventTime: "2026-11-20T10:15:00Z",
      actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser" },
      on: {
        kind: "bucket",
        name: parseBucketName("invoices", "test"),
        account: parseAccountId("111122223333", "test"),
        region: parseRegion("eu-west-1", "test"),
      },
      touches,
    },
  };
}

const deletePolicy = change("DeleteBucketPolicy", ["policy", "logTarget"]);
const putPolicy = change("PutBucketPolicy", ["policy", "logTarget"]);
const putVersioning = change("PutBucketVersioning", ["versioning"]);
const create = change("CreateBucket", "all");
const end: PastChange = { kind: "end", why: "CloudTrail shows no such call in the last 90 days" };

/** What each control is attributed to, by name of the call, and how many changes it took to tell. */
async function told(
  reads: Readonly<Record<string, readonly Facet[]>>,
  past: readonly PastChange[],
) {
  let taken = 0;
  async function* changes() {
    for (const it of past) {
      taken += 1;
      yield it;
    }
  }
  const found = await attribute(new Map(Object.entries(reads)), changes());
  const words = [...found].map(([control, it]) => [
    control,
    it.kind === "known" ? it.eventName : it.why,
  ]);
  return { ...Object.fromEntries(words), taken };
}

test("the latest call that changed what a control reads is the one", async () => {
  const past = [putVersioning, deletePolicy, putPolicy, create, end];
  expect(await told({ "ssl-only": ["policy", "website"] }, past)).toEqual({
    "ssl-only": "DeleteBucketPolicy",
    taken: 2,
  });
});

test("each control has its own, and nothing more is asked when all are found", async () => {
  const reads: Record<string, readonly Facet[]> = {
    "ssl-only": ["policy"],
    versioning: ["versioning"],
  };
  expect(await told(reads, [putVersioning, deletePolicy, create, end])).toEqual({
    "ssl-only": "DeleteBucketPolicy",
    versioning: "PutBucketVersioning",
    taken: 2,
  });
});

test("whoever made the bucket left it as it was", async () => {
  expect(await told({ cors: ["cors"] }, [putPolicy, create, end])).toEqual({
    cors: "CreateBucket",
    taken: 2,
  });
});

test("what this bucket is as a log target says nothing of the target that it logs to", async () => {
  const reads: Record<string, readonly Facet[]> = { "access-logging": ["logging", "logTarget"] };
  expect(await told(reads, [putPolicy, end])).toEqual({ "access-logging": end.why, taken: 2 });
});

test.each([
  ["nothing is left", [end], end.why],
  [
    "it is not told",
    [{ kind: "end", why: "CloudTrail did not tell: Denied" }],
    "CloudTrail did not tell: Denied",
  ],
  ["it breaks off", [], "CloudTrail shows no such call"],
] as const)("when %s, it is unknown and says why", async (_name, past, why) => {
  expect(await told({ cors: ["cors"] }, past)).toEqual({ cors: why, taken: past.length });
});

test("the answer carries who and when", async () => {
  async function* changes() {
    yield putVersioning;
  }
  const found = await attribute(new Map([["versioning", ["versioning"] as const]]), changes());
  expect(found.get("versioning")).toEqual({
    kind: "known",
    eventName: "PutBucketVersioning",
    eventId: "id of PutBucketVersioning",
    eventTime: "2026-11-20T10:15:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser" },
  });
});
