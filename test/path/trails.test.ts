import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
afterAll(() => stage[Symbol.asyncDispose]());
const { sandbox, deployment } = stage;
const Name = "management-events";

async function callTrail(operation: string, input: object): Promise<void> {
  const { ok } = await fetch(sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `CloudTrail_20131101.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=mallory/20261121/${sandbox.region}/cloudtrail/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  expect(ok).toBe(true);
}

/** What people are told while `work` is done, e.g. `alarm tamper-watch`. */
async function toldBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = stage.messages().length;
  await work();
  await deployment.idle();
  const news = stage.messages().slice(before);
  return news
    .flatMap(({ notices }) => notices.map(({ kind, control }) => `${kind} ${control}`))
    .sort();
}

const everything = { ReadWriteType: "All", IncludeManagementEvents: true };

test("a sound trail needs no word", async () => {
  expect(await toldBy(() => deployment.sweep())).toEqual([]);
});

test("stopping the trail raises the alarm and flags the Region; starting it again is told", async () => {
  const both = ["alarm tamper-watch", "flagged trail-health"];
  expect(await toldBy(() => callTrail("StopLogging", { Name }))).toEqual(both);
  expect(await toldBy(() => deployment.sweep())).toEqual([]);
  expect(await toldBy(() => callTrail("StartLogging", { Name }))).toEqual([
    "recovered trail-health",
  ]);
});

test.each([
  ["reads only", { EventSelectors: [{ ...everything, ReadWriteType: "ReadOnly" }] }],
  [
    "everything but KMS, in advanced words",
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] },
          ],
        },
      ],
    },
  ],
])("a trail that records %s is flagged, and well again with what it had", async (_name, narrow) => {
  await toldBy(() => callTrail("PutEventSelectors", { TrailName: Name, ...narrow }));
  const flagged = stage.messages().at(-1)?.notices ?? [];
  expect(
    stage
      .messages()
      .flatMap(({ notices }) => notices)
      .at(-1)?.control,
  ).toBe("trail-health");
  expect(flagged.map(({ kind }) => kind)).toEqual(["flagged"]);
  const wide = { TrailName: Name, EventSelectors: [everything] };
  const told = await toldBy(() => callTrail("PutEventSelectors", wide));
  expect(told).toContain("recovered trail-health");
});

test.each(["DescribeTrails", "GetTrailStatus", "GetEventSelectors"])(
  "while %s is denied nothing is claimed, and it is told once",
  async (operation) => {
    const off = sandbox.faults.add({ kind: "access-denied", service: "cloudtrail", operation });
    const kind = operation === "DescribeTrails" ? "unread" : "undecided";
    expect(await toldBy(() => deployment.sweep())).toEqual([`${kind} trail-health`]);
    expect(await toldBy(() => deployment.sweep())).toEqual([]);
    off();
    expect(await toldBy(() => deployment.sweep())).toEqual(["recovered trail-health"]);
  },
);

test("without any trail the next sweep says so", async () => {
  const trails = [...sandbox.world.trails];
  sandbox.world.trails.clear();
  expect(await toldBy(() => deployment.sweep())).toEqual(["flagged trail-health"]);
  for (const [arn, trail] of trails) sandbox.world.trails.set(arn, trail);
  expect(await toldBy(() => deployment.sweep())).toEqual(["recovered trail-health"]);
});
