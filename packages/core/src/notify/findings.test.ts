import { expect, test } from "vitest";
import * as z from "zod";
import {
  alarm,
  bucketCalled,
  desk,
  fixed,
  flagged,
  news,
} from "../../../../test/notify/messages.ts";
import { drift, look, someLooks } from "../../../../test/output/scans.ts";
import { noticeKinds } from "../model/news.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import { asffFindings, asffOfLook } from "./asff.ts";
import { complete } from "./complete.ts";
import type { Message, Notice } from "./message.ts";
import { jsonLines, ocsfOfLook } from "./ocsf.ts";

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html */
const asff = z.strictObject({
  SchemaVersion: z.literal("2018-10-08"),
  Id: z.string().min(1).max(512),
  ProductArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:(\d{12}):product\/\1\/default$/),
  GeneratorId: z.string().min(1).max(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  CreatedAt: z.iso.datetime(),
  UpdatedAt: z.iso.datetime(),
  Title: z.string().min(1).max(256),
  Description: z.string().min(1).max(1_024),
  Resources: z
    .array(
      z.strictObject({
        Type: z.enum(["AwsS3Bucket", "AwsAccount"]),
        Id: z.string().min(1).max(512),
        Region: z.string(),
      }),
    )
    .length(1),
  FindingProviderFields: z.strictObject({
    Severity: z.strictObject({
      Label: z.enum(["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"]),
    }),
    Types: z
      .array(z.string().regex(/^(Software and Configuration Checks|TTPs|Effects)(\/.+)?$/))
      .min(1)
      .max(50),
  }),
  Compliance: z
    .strictObject({ Status: z.enum(["PASSED", "WARNING", "FAILED", "NOT_AVAILABLE"]) })
    .optional(),
  RecordState: z.enum(["ACTIVE", "ARCHIVED"]),
  Remediation: z
    .strictObject({
      Recommendation: z.strictObject({
        Text: z.string().min(1).max(512),
        Url: z.url().optional(),
      }),
    })
    .optional(),
  ProductFields: z
    .record(z.string().max(128), z.string().max(2_048))
    .refine((fields) => Object.keys(fields).length <= 50),
});

/** https://schema.ocsf.io/1.5.0: the required members of both classes, and those that are used. */
const ocsf = z
  .object({
    activity_id: z.literal([1, 2, 3]),
    category_uid: z.literal(2),
    class_uid: z.literal([2003, 2004]),
    type_uid: z.int(),
    severity_id: z.literal([1, 2, 3, 4, 5, 6]),
    status_id: z.literal([1, 2, 3, 4, 5, 6]),
    time: z.int().min(1_000_000_000_000),
    message: z.string(),
    metadata: z.object({
      version: z.literal("1.5.0"),
      product: z.object({ name: z.string(), vendor_name: z.string() }),
      profiles: z.tuple([z.literal("cloud")]),
    }),
    cloud: z.object({ provider: z.literal("AWS"), account: z.object({ uid: z.string() }) }),
    finding_info: z.object({ uid: z.string().min(1), title: z.string().min(1) }),
    compliance: z
      .object({
        control: z.string(),
        standards: z.array(z.string()).min(1),
        status_id: z.literal([1, 2, 3]),
      })
      .optional(),
    resources: z.array(z.object({ uid: z.string(), type: z.string() })).length(1),
    remediation: z.object({ desc: z.string().min(1) }).optional(),
    evidences: z
      .array(
        z.object({
          actor: z.object({ user: z.object({ uid: z.string() }) }),
          api: z.object({ operation: z.string() }),
        }),
      )
      .optional(),
  })
  .refine(({ class_uid, activity_id, type_uid }) => type_uid === class_uid * 100 + activity_id)
  .refine(({ class_uid, compliance }) => (class_uid === 2003) === (compliance !== undefined));

const long = "é".repeat(9_999);
const { account, region } = bucketCalled("any");
const kinds = noticeKinds.map((kind): Message => {
  const notice: Notice = { ...flagged, kind };
  return { ...news, notices: [notice] };
});
const worded: Notice = {
  ...flagged,
  saw: long,
  did: long,
  next: long,
  witness: long,
  control: "a",
};

test.each<{ name: string; message: Message }>([
  {
    name: "news with a runbook",
    message: complete(news, { desk, runbook: "https://wiki/{control}" }),
  },
  { name: "an alarm", message: alarm },
  { name: "an account", message: { ...news, on: { kind: "account", account, region } } },
  {
    name: "another partition",
    message: {
      ...news,
      on: {
        kind: "bucket",
        name: bucketCalled("any").name,
        account: parseAccountId("111122223333", "test"),
        region: parseRegion("us-gov-west-1", "test"),
      },
    },
  },
  { name: "what a sweep found", message: { ...news, cause: { kind: "sweep", sweepId: "s-1" } } },
  { name: "endless texts", message: { ...news, notices: [worded] } },
  ...kinds.map((message) => ({ name: `the outcome ${message.notices[0]?.kind}`, message })),
])("findings of $name are what Security Hub and a security lake take", ({ message }) => {
  for (const finding of asffFindings(message)) asff.parse(finding);
  const lines = jsonLines(message).split("\n");
  expect(lines).toHaveLength(message.notices.length);
  for (const line of lines) ocsf.parse(JSON.parse(line));
});

test("what customers own is never sent", () => {
  const owned = ["Workflow", "Note", "UserDefinedFields", "VerificationState", "Severity", "Types"];
  for (const finding of kinds.flatMap(asffFindings)) {
    expect(Object.keys(finding).filter((name) => owned.includes(name))).toEqual([]);
  }
});

test("a repair is news of the finding that the drift made", () => {
  const repaired = { ...news, id: "t-2", notices: [{ ...fixed, control: "ssl-only" }] };
  const [drift] = asffFindings(news);
  const [repair] = asffFindings(repaired);
  expect(repair?.Id).toBe(drift?.Id);
  expect([drift?.RecordState, repair?.RecordState]).toEqual(["ACTIVE", "ARCHIVED"]);
  expect(JSON.parse(jsonLines(repaired))).toMatchObject({
    activity_id: 3,
    status_id: 4,
    compliance: { status_id: 1 },
  });
});

test("two alarms are two findings", () => {
  const ids = [alarm, { ...alarm, id: "a-2" }].flatMap(asffFindings).map(({ Id }) => Id);
  expect(new Set(ids).size).toBe(2);
});

test("a look gives a finding for each control, right or wrong, and none where nothing is", () => {
  const looks = someLooks();
  const found = looks.flatMap(asffOfLook).map((finding) => asff.parse(finding));
  for (const event of looks.flatMap(ocsfOfLook)) ocsf.parse(event);
  const states = found.map(({ GeneratorId, Compliance, RecordState }) =>
    [GeneratorId.replace("bucket-warden/", ""), Compliance?.Status, RecordState].join(" "),
  );
  expect(states).toEqual([
    "ssl-only FAILED ACTIVE",
    "cors FAILED ACTIVE",
    "public-policy WARNING ACTIVE",
    "access-logging FAILED ACTIVE",
    "versioning PASSED ARCHIVED",
    "website PASSED ARCHIVED",
    "versioning PASSED ARCHIVED",
    "website PASSED ARCHIVED",
    "cors WARNING ACTIVE",
  ]);
});

test("a look says what a repair would write, and names no entry of the ledger", () => {
  const [repairable, held] = someLooks().flatMap(asffOfLook);
  expect(repairable?.Description).toContain("a repair would write the policy");
  expect(held?.Remediation?.Recommendation.Text).toBe("approve it");
  const names = Object.keys(repairable?.ProductFields ?? {});
  expect(names).not.toContain("bucket-warden/LedgerEntry");
  const [event] = someLooks().flatMap(ocsfOfLook);
  expect(JSON.stringify(event)).not.toContain("correlation_uid");
});

test("drift is the same finding in a look and in a message", () => {
  const seen = look(news.on, [drift("ssl-only", "plain HTTP is not denied")]);
  expect(asffOfLook(seen)[0]?.Id).toBe(asffFindings(news)[0]?.Id);
  const [event] = ocsfOfLook(seen);
  const uid = asffFindings(news)[0]?.Id;
  expect(event).toMatchObject({ finding_info: { uid }, status_id: 1 });
});

test("findings as people read them", async () => {
  const shown = [...asffFindings(news), ...asffFindings(alarm)];
  await expect(`${JSON.stringify(shown, undefined, 2)}\n`).toMatchFileSnapshot("golden/asff.txt");
  const lines = [jsonLines(news), jsonLines(alarm)].join("\n").split("\n");
  const opened = lines.map((line) => JSON.stringify(JSON.parse(line), undefined, 2)).join("\n");
  await expect(`${opened}\n`).toMatchFileSnapshot("golden/ocsf.txt");
});
