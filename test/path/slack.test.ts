import { buttonsOf, type PostedMessage, startSlack } from "@bucket-warden/sandbox";
import { deploySlack } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { variablesOf } from "../roles/organization.ts";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

const slack = await startSlack();
const alice = { id: "U0ALICE", name: "alice" };
const bob = { id: "U0BOB", name: "bob" };
const eve = { id: "U0EVE", name: "eve" };
slack.workspace.userGroups.set("S0GUARDS", [bob.id]);
const stage = await rehearse({ baseline: { versioning: { mode: "approve" } } });
const { request, idle } = await deploySlack(stage.sandbox, stage.deployment, slack, {
  variables: { WARDEN_SLACK_USERS: alice.id, WARDEN_SLACK_USER_GROUP: "S0GUARDS" },
  variablesOf,
});
const mallory = stage.as("mallory");
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await slack.stop();
});

const website =
  "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>";

test("a plan that is approved in Slack is applied, and the message says by whom and that it is", async () => {
  const bucket = await websiteWithoutPolicy();
  const [message] = about(bucket);
  expect(buttonsIn(message)).toEqual(
    expect.arrayContaining(["Approve plan", "Waive 7 days", "Show diff"]),
  );
  expect(await press(alice, message, "Approve plan")).toEqual({ status: 200, body: "" });
  await idle();
  expect((await standingOf(stage, bucket)).statements).toContain("BucketWardenSslOnly");
  const after = shown(bucket);
  expect(after).toMatch(/<@U0ALICE> approved the plan of ssl-only \(.* UTC\)\ndone: written, read/);
  expect(buttonsIn(about(bucket)[0])).not.toContain("Approve plan");
  const { entries } = await memoryOf(stage, bucket);
  expect(entries.at(-1)?.task.cause).toMatchObject({
    kind: "manual",
    requestedBy: "Slack user U0ALICE (alice) of T0SANDBOX",
    reason: "approved in Slack",
  });
});

test("news of a repair stands under the news of the drift", async () => {
  const bucket = stage.bucket("thread");
  await suspend(bucket);
  const [drifted] = about(bucket);
  await press(bob, drifted, "Approve plan");
  await idle();
  expect((await standingOf(stage, bucket)).versioning).toBe("Enabled");
  const [first, second, ...others] = about(bucket);
  expect([first?.thread, second?.thread, others]).toEqual([undefined, first?.ts, []]);
  expect(second?.text).toContain("Fixed: thread-");
  expect(second?.broadcast).toBe(false);
  expect(shown(bucket)).toContain("<@U0BOB> approved the plan of versioning");
  await suspend(bucket);
  const third = about(bucket)[2];
  expect([third?.thread, third?.broadcast]).toEqual([first?.ts, true]);
});

test("a repair is taken back by a button, and foreign statements stay", async () => {
  const bucket = stage.bucket("undo");
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  const [fixed] = about(bucket);
  await press(alice, fixed, "Undo");
  await idle();
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
  expect(shown(bucket)).toMatch(/<@U0ALICE> asked to undo it .*\ndone: taken back/);
  expect(buttonsIn(about(bucket)[0])).not.toContain("Undo");
});

test("a waiver asks why, and holds from then on", async () => {
  const bucket = stage.bucket("waive");
  await suspend(bucket);
  const [message] = about(bucket);
  await press(alice, message, "Waive 7 days");
  const form = slack.workspace.views.at(-1);
  if (form === undefined) throw new Error("no form was shown");
  expect(form.user).toBe(alice.id);
  const empty = await request(slack.submit(alice, form, "  "));
  expect(JSON.parse(empty.body)).toMatchObject({ response_action: "errors" });
  expect(await request(slack.submit(alice, form, "a *migration*"))).toEqual({
    status: 200,
    body: "",
  });
  await idle();
  expect(shown(bucket)).toMatch(/waived versioning for 7 days: a \*migration\* .*\nwaived until /);
  expect(await stage.lookAgain(bucket)).toBe("clean");
  await idle();
  expect(stage.writes(bucket)).toEqual([]);
  const { results } = await stage.deployment.invoke({
    bucket,
    mode: "plan",
    reason: "a look",
    requestedBy: "test",
  });
  const found = results[0]?.findings.find(({ control }) => control === "versioning")?.assessment;
  expect(found).toMatchObject({
    kind: "waived",
    reason: "a *migration*",
    approver: "Slack user U0ALICE (alice) of T0SANDBOX",
  });
});

test("the diff is shown to whoever asks, and changes nothing", async () => {
  const bucket = stage.bucket("diff");
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  const [message] = about(bucket);
  const writes = stage.writes(bucket).length;
  await press(bob, message, "Show diff");
  const view = slack.workspace.views.at(-1);
  expect(view?.user).toBe(bob.id);
  expect(JSON.stringify(view?.view.blocks)).toContain("BucketWardenSslOnly");
  expect(stage.writes(bucket)).toHaveLength(writes);
  expect(about(bucket)[0]?.edits).toBe(0);
});

test("an approval that came too late writes nothing, and the plan is offered as it is now", async () => {
  const bucket = await websiteWithoutPolicy();
  const [message] = about(bucket);
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [theirs(bucket)] });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy });
  await idle();
  await press(alice, message, "Approve plan");
  await idle();
  expect((await standingOf(stage, bucket)).statements).not.toContain("BucketWardenSslOnly");
  expect(shown(bucket)).toContain("not done: the approval is stale");
  const [renewed] = about(bucket);
  await press(alice, renewed, "Approve plan");
  await idle();
  const { statements } = await standingOf(stage, bucket);
  expect(statements).toEqual(expect.arrayContaining(["Theirs", "BucketWardenSslOnly"]));
});

test("who is neither on the list nor in the group is told so, and nothing happens", async () => {
  const bucket = await websiteWithoutPolicy();
  const [message] = about(bucket);
  expect(await press(eve, message, "Approve plan")).toEqual({ status: 200, body: "" });
  await idle();
  const view = slack.workspace.views.at(-1);
  expect([view?.user, JSON.stringify(view?.view)]).toEqual([
    eve.id,
    expect.stringContaining("You are not among those who may do this."),
  ]);
  expect((await standingOf(stage, bucket)).statements).not.toContain("BucketWardenSslOnly");
  expect(about(bucket)[0]?.edits).toBe(0);
});

test("a request that was sent twice is refused the second time, as is one that nobody signed", async () => {
  const bucket = await websiteWithoutPolicy();
  const [message] = about(bucket);
  if (message === undefined) throw new Error("nothing was posted");
  const genuine = slack.press(alice, message, "Waive 7 days");
  const views = slack.workspace.views.length;
  expect((await request(genuine)).status).toBe(200);
  expect((await request(genuine)).status).toBe(401);
  const { headers, body } = slack.press(alice, message, "Waive 7 days");
  const forged = { ...headers, "x-slack-signature": `v0=${"0".repeat(64)}` };
  expect((await request({ headers: forged, body })).status).toBe(401);
  const old = { ...headers, "x-slack-request-timestamp": "1700000000" };
  expect((await request({ headers: old, body })).status).toBe(401);
  expect((await request({ headers: {}, body })).status).toBe(401);
  expect(slack.workspace.views).toHaveLength(views + 1);
});

test("while Slack takes no more, a message waits for as long as Slack asks", async () => {
  const bucket = stage.bucket("busy");
  slack.limit(1, 1);
  await suspend(bucket);
  expect(about(bucket)).toHaveLength(1);
  expect(slack.calls.filter((call) => call === "chat.postMessage 429")).toHaveLength(1);
});

test("while Slack is down the repair is done once, and the message comes later or is kept", async () => {
  const bucket = stage.bucket("down");
  slack.fail(2);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  expect(about(bucket)).toHaveLength(1);
  slack.fail(3);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  expect(about(bucket)).toHaveLength(1);
  expect(stage.sandbox.world.lostEvents.splice(0)).toMatchObject([
    { functionName: "bucket-warden-notify-slack" },
  ]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketPolicy"]);
});

test("the same message delivered again is posted once", async () => {
  const bucket = stage.bucket("again");
  await suspend(bucket);
  await deliver(lastPublished());
  expect(about(bucket)).toHaveLength(1);
});

test("nothing that others chose pings, links or formats", async () => {
  const bucket = stage.bucket("inject");
  const markup = "<!channel> *now* <https://evil.example|click> `x` @here";
  const Policy = JSON.stringify({ Version: "2012-10-17", Id: markup, Statement: [theirs(bucket)] });
  await stage.as("<!channel>").putBucketPolicy({ Bucket: bucket, Policy });
  await idle();
  expect(JSON.stringify(about(bucket))).toContain("user/<!channel>");
  const named = lastPublished()
    .replaceAll(bucket, markup)
    .replace(/"id":"[^"]+"/, '"id":"other"');
  await deliver(named);
  const { messages } = slack.workspace;
  expect(JSON.stringify(messages.at(-1)?.blocks)).toContain(markup);
  const effects = messages.flatMap(slack.effects);
  expect(effects.filter((it) => !/^<@U0(ALICE|BOB)>$/.test(it))).toEqual([]);
});

test("what is no message of ours is kept for people to look at", async () => {
  await expect(deliver("hello")).rejects.toThrow("it is no message of Bucket Warden");
});

function lastPublished(): string {
  return stage.sandbox.world.published.at(-1)?.messageByProtocol?.["default"] ?? "";
}

/** Hands a message to the function, as SNS does. */
async function deliver(message: string): Promise<void> {
  const Sns = { Message: message, MessageAttributes: {}, TopicArn: "the topic" };
  const notify = stage.sandbox.world.functions.get("bucket-warden-notify-slack");
  await notify?.({ Records: [{ Sns }] });
}

async function websiteWithoutPolicy(): Promise<string> {
  const bucket = stage.bucket("website");
  stage.change(bucket, "website", website);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  return bucket;
}

async function suspend(bucket: string): Promise<void> {
  await mallory.putBucketVersioning({
    Bucket: bucket,
    VersioningConfiguration: { Status: "Suspended" },
  });
  await idle();
}

/** The messages about a bucket, as they are shown now. */
function about(bucket: string): readonly PostedMessage[] {
  return slack.workspace.messages.filter(({ text }) => new RegExp(`: ${bucket} \\(`).test(text));
}

function buttonsIn(message: PostedMessage | undefined): readonly string[] {
  return message === undefined ? [] : buttonsOf(message).map(({ text }) => text.text);
}

/** All that the first message about a bucket says, as text. */
function shown(bucket: string): string {
  const blocks = about(bucket)[0]?.blocks ?? [];
  const rich = blocks.flatMap((block) => (block.type === "rich_text" ? block.elements : []));
  return rich
    .flatMap(({ elements }) => elements)
    .map((it) => (it.type === "user" ? `<@${it.user_id}>` : "text" in it ? it.text : ""))
    .join("");
}

function press(by: typeof alice, on: PostedMessage | undefined, text: string) {
  if (on === undefined) throw new Error("nothing was posted");
  return request(slack.press(by, on, text));
}

function theirs(bucket: string) {
  const Principal = { AWS: "arn:aws:iam::111122223333:root" };
  const Resource = `arn:aws:s3:::${bucket}/*`;
  return { Sid: "Theirs", Effect: "Allow", Principal, Action: "s3:GetObject", Resource };
}
