import { PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { controlIds } from "@bucket-warden/core/baseline";
import { isBulletin, type Mail, textOf } from "@bucket-warden/core/notify";
import { expect, test, vi } from "vitest";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

// Five hundred buckets take their time.
vi.setConfig({ testTimeout: 60_000 });

/** What was published, where. */
function mailOf({ sandbox }: Rehearsal): readonly { readonly to: string; readonly mail: Mail }[] {
  return sandbox.world.published.map(({ topicArn, messageByProtocol }) => ({
    to: topicArn.split(":").at(-1) ?? "",
    mail: JSON.parse(messageByProtocol?.["default"] ?? "null"),
  }));
}

const suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

test("five hundred drifts at once are one message, and what an event brings again is none", async () => {
  const off = Object.fromEntries(controlIds.map((id) => [id, { mode: "off" }]));
  await using stage = await rehearse({
    baseline: { ...off, versioning: { mode: "alert" }, notifications: { burst: 5 } },
    sendsByItself: false,
    // They are told the same, and judging each of their calls takes long.
    rolesFor: "no-roles",
  });
  const buckets = Array.from({ length: 500 }, () => stage.bucket("many"));
  for (const bucket of buckets) stage.change(bucket, "versioning", suspended);
  await stage.deployment.sweep();
  await stage.deployment.idle();
  expect(mailOf(stage).map(({ mail }) => (isBulletin(mail) ? mail.title : mail.id))).toEqual([
    "500 changes on 500 resources of account sandbox",
  ]);
  const [burst] = mailOf(stage);
  expect(burst?.mail).toMatchObject({
    kind: "burst",
    severity: "warning",
    sections: [{ title: "FLAGGED  versioning: 500" }, {}],
  });

  const [bucket = ""] = buckets;
  const again = { Bucket: bucket, VersioningConfiguration: { Status: "Suspended" as const } };
  await stage.as("mallory").send(new PutBucketVersioningCommand(again));
  await stage.deployment.idle();
  expect(mailOf(stage)).toHaveLength(1);
});

test("while a channel is down a repair is made once, others hear of it, and the channel does later", async () => {
  const name = "team";
  const arn = "arn:aws:sns:us-east-1:111122223333:team";
  await using stage = await rehearse({
    baseline: {
      notifications: {
        routes: [{ name, match: { controls: ["ssl-only"] }, to: [{ topic: arn }] }],
      },
    },
  });
  const { world, account, region } = stage.sandbox;
  const bucket = stage.bucket();
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.told(bucket)).toEqual(["fixed kms-enforcement"]);
  const { entries } = await memoryOf(stage, bucket);
  expect(entries.map(({ outcome, announced }) => [outcome.kind, announced])).toEqual([
    ["fixed", true],
  ]);

  await stage.deployment.digest();
  const [, digest] = mailOf(stage).map(({ mail }) => textOf(mail));
  expect(digest).toContain("2 repairs");
  expect(digest).toContain(`${arn} warden: 1 message since`);
  expect(digest).toContain("still tried (NotFoundException: Topic does not exist)");
  expect(digest).toMatch(/time to repair after a call: median \d+ s/);

  world.topics.set(arn, { arn, name, account, region, subscriptions: [] });
  await stage.deployment.send();
  await stage.deployment.send();
  expect(
    mailOf(stage).map(({ to, mail }) => [to, "notices" in mail && mail.notices.length]),
  ).toEqual([
    ["bucket-warden", 1],
    ["bucket-warden", false],
    ["team", 1],
  ]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.deployment.failures).toEqual([]);
});

test("a message names the account, the runbook, and commands that do what they say", async () => {
  await using stage = await rehearse({
    baseline: {
      versioning: { mode: "alert" },
      notifications: { burst: 100, runbook: "https://wiki.example.com/{control}" },
    },
    rolesFor: "any-request",
  });
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", suspended);
  await stage.lookAgain(bucket);
  await stage.deployment.idle();
  const [message] = stage.messages(bucket);
  expect(message?.accountName).toBe("sandbox");
  const [notice] = message?.notices ?? [];
  expect(notice?.runbook).toBe("https://wiki.example.com/versioning");
  const lines = notice?.actions?.map(({ commands }) => commands?.aws ?? "") ?? [];
  const payload = /--payload '([^']+)'/.exec(lines[0] ?? "")?.[1] ?? "";
  await stage.deployment.invoke(JSON.parse(payload));
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged versioning", "fixed versioning"]);
});

test("the digest tells what is open, what cannot be read, and nothing that is over", async () => {
  await using stage = await rehearse({ baseline: { versioning: { mode: "alert" } }, watch: false });
  const [open, over, unread] = [stage.bucket("open"), stage.bucket("over"), stage.bucket("unread")];
  for (const bucket of [open, over]) stage.change(bucket, "versioning", suspended);
  stage.sandbox.faults.add({ kind: "access-denied", operation: "GetBucketCors", bucket: unread });
  for (const bucket of [open, over, unread]) await stage.lookAgain(bucket);
  stage.change(over, "versioning", suspended.replace("Suspended", "Enabled"));
  await stage.lookAgain(over);
  await stage.deployment.idle();
  await stage.deployment.digest();
  const digest = mailOf(stage)
    .map(({ mail }) => mail)
    .find(isBulletin);
  expect(digest?.sections.slice(0, 2)).toEqual([
    { title: "Open findings", lines: [`versioning: 1 (${open})`] },
    { title: "Not known", lines: [`cors, unread: 1 (${unread})`] },
  ]);
  expect(stage.deployment.failures).toEqual([]);
});
