import type { CloudTrailRecord } from "@bucket-warden/sandbox";
import { expect, test } from "vitest";
import { postJson, sandboxForTests } from "./sandbox-clients.ts";
import { freshBucket } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();

async function ask(operation: string, input: object, user?: string) {
  const answer = await postJson("cloudtrail", `CloudTrail_20131101.${operation}`, input, user);
  return { status: answer.status, body: JSON.parse(answer.text) };
}

/** What reaches the bus while `work` is done, by event name and error. */
async function delivered(work: () => Promise<unknown> | unknown): Promise<readonly string[]> {
  const records: CloudTrailRecord[] = [];
  const off = sandbox().onRecord((record) => records.push(record));
  await work();
  off();
  return records.map(({ eventName, errorCode = "done" }) => `${eventName} ${errorCode}`);
}

const name = "management-events";
const write = { eventSource: "events.amazonaws.com", eventName: "DisableRule" };

const all = {
  ReadWriteType: "All",
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

const management = { Field: "eventCategory", Equals: ["Management"] };

test("the call that stops a trail is the last one that it lets through", async () => {
  const names = await delivered(async () => {
    await ask("StopLogging", { Name: name });
    sandbox().recordForeign(write);
    await ask("StartLogging", { Name: name });
  });
  expect(names).toEqual(["StopLogging done", "StartLogging done"]);
});

test("a deleted trail is gone, and its own deletion is heard", async () => {
  const Name = "second";
  const S3BucketName = await freshBucket();
  await ask("CreateTrail", { Name, S3BucketName, IsMultiRegionTrail: true });
  await ask("StartLogging", { Name });
  await ask("StopLogging", { Name: name });
  const names = await delivered(async () => {
    await ask("DeleteTrail", { Name });
    sandbox().recordForeign(write);
  });
  await ask("StartLogging", { Name: name });
  expect(names).toEqual(["DeleteTrail done"]);
  expect(await ask("GetTrailStatus", { Name })).toMatchObject({
    body: { __type: "TrailNotFoundException" },
  });
});

const selectors: readonly [string, object, readonly string[]][] = [
  ["everything", { EventSelectors: [all] }, ["DisableRule done"]],
  ["reads only", { EventSelectors: [{ ...all, ReadWriteType: "ReadOnly" }] }, []],
  ["no management events", { EventSelectors: [{ ...all, IncludeManagementEvents: false }] }, []],
  [
    "all but one other service",
    { EventSelectors: [{ ...all, ExcludeManagementEventSources: ["kms.amazonaws.com"] }] },
    ["DisableRule done"],
  ],
  [
    "writes, in advanced words",
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: "readOnly", Equals: ["false"] }] },
      ],
    },
    ["DisableRule done"],
  ],
  [
    "all but this service, in advanced words",
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            management,
            { Field: "eventSource", NotEquals: ["events.amazonaws.com"] },
          ],
        },
      ],
    },
    [],
  ],
  [
    "data events only",
    {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }],
    },
    [],
  ],
];

test.each(selectors)(
  "a trail that records %s lets through just that",
  async (_name, put, names) => {
    expect((await ask("PutEventSelectors", { TrailName: name, ...put })).status).toBe(200);
    const heard = await delivered(() => sandbox().recordForeign(write));
    const { body } = await ask("GetEventSelectors", { TrailName: name });
    await ask("PutEventSelectors", { TrailName: name, EventSelectors: [all] });
    expect(heard).toEqual(names);
    expect(body).toMatchObject(put);
  },
);

const refusals: readonly [string, string, object, string][] = [
  ["selectors of no kind", "PutEventSelectors", { TrailName: name }, "InvalidEventSelectors"],
  [
    "an advanced selector without a category",
    "PutEventSelectors",
    { TrailName: name, AdvancedEventSelectors: [{ FieldSelectors: [] }] },
    "InvalidEventSelectors",
  ],
  ["a second trail of one name", "CreateTrail", { Name: name }, "TrailAlreadyExists"],
  [
    "a trail without its bucket",
    "CreateTrail",
    { Name: "lost", S3BucketName: "no-such-bucket" },
    "S3BucketDoesNotExist",
  ],
  ["a trail that is not there", "DeleteTrail", { Name: "none" }, "TrailNotFound"],
];

test.each(refusals)("%s is refused", async (_name, operation, input, code) => {
  const { status, body } = await ask(operation, input);
  expect([status, body.__type]).toEqual([400, `${code}Exception`]);
});

test("a member sees the trail of the organization and cannot stop it", async () => {
  const member = "mallory@999988887777";
  const { body } = await ask("DescribeTrails", {}, member);
  const [trail] = body.trailList;
  expect([trail.Name, trail.IsOrganizationTrail]).toEqual([name, true]);
  const { body: refused } = await ask("StopLogging", { Name: trail.TrailARN }, member);
  expect(refused.__type).toBe("NotOrganizationMasterAccountException");
});

test("a denied call is recorded without what it asked for", async () => {
  const off = sandbox().faults.add({
    kind: "access-denied",
    service: "cloudtrail",
    operation: "StopLogging",
  });
  const records: CloudTrailRecord[] = [];
  const stop = sandbox().onRecord((record) => records.push(record));
  await ask("StopLogging", { Name: name });
  off();
  stop();
  expect(records).toMatchObject([
    {
      errorCode: "AccessDeniedException",
      errorMessage: expect.stringContaining("cloudtrail:StopLogging"),
      requestParameters: null,
    },
  ]);
});

test("a call to a service that is not played here can be recorded all the same", async () => {
  const record = sandbox().recordForeign({
    ...write,
    requestParameters: { name: "a-rule" },
    user: "root",
    at: Date.UTC(2026, 10, 20, 12),
  });
  expect(record).toMatchObject({
    eventName: "DisableRule",
    eventTime: "2026-11-20T12:00:00Z",
    userIdentity: { type: "Root" },
    requestParameters: { name: "a-rule" },
    readOnly: false,
  });
  expect(sandbox().world.records.at(-1)).toEqual(record);
});
