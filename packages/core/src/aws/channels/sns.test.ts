import type { PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { parseAccountId, parseBucketName, parseRegion } from "../../model/ref.ts";
import type { Message, Notice } from "../../notify/index.ts";
import { createSnsChannel } from "./sns.ts";

const notice: Notice = {
  kind: "contested",
  control: "ssl-only",
  saw: "plain HTTP works",
  did: "nothing was written: it came back each time",
  next: 'invoke with mode "apply" and approval "ssl-only/x/y"',
};
const message: Message = {
  id: "t-1",
  on: {
    kind: "bucket",
    name: parseBucketName("invoices", "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  },
  cause: { kind: "sweep", sweepId: "s-1" },
  at: "2026-11-20T10:15:09.000Z",
  notices: [notice],
  changes: [],
};

/** What SNS is asked to deliver. */
async function published(
  input: Message,
): Promise<{ readonly bytes: number; readonly sent: Message }> {
  const asked: PublishCommandInput[] = [];
  const client = {
    send: async (command: { readonly input: PublishCommandInput }) =>
      void asked.push(command.input),
  };
  // The channel calls nothing else of it.
  await createSnsChannel(client as unknown as SNSClient, "arn:aws:sns:x").publish(input);
  const { Message: body = "" } = asked[0] ?? {};
  return { bytes: Buffer.byteLength(body), sent: JSON.parse(JSON.parse(body).default) };
}

/** As long as a bucket policy may be, in lines full of quotes. */
const lines = Array.from({ length: 700 }, () => '+  "Resource": "arn:aws:s3:::x"');
const change = { document: "policy", controls: ["ssl-only"], diff: lines };
const fixes = (["Terraform", "CloudFormation", "AWS CDK", "SST"] as const).map((tool) => ({
  tool,
  lines,
}));
const most = 262_144;

test("a message that fits is sent whole", async () => {
  const whole = { ...message, changes: [change] };
  expect((await published(whole)).sent).toEqual(whole);
});

test.each<{ what: string; long: Message }>([
  { what: "what was written", long: { ...message, changes: Array(6).fill(change) } },
  { what: "what waits for approval", long: { ...message, proposals: Array(6).fill(change) } },
  {
    what: "code for every tool",
    long: {
      ...message,
      notices: [
        { ...notice, fixes },
        { ...notice, fixes },
      ],
    },
  },
  {
    what: "impact",
    long: { ...message, notices: [{ ...notice, impact: Array(9).fill(lines).flat() }] },
  },
  {
    what: "what was seen",
    long: { ...message, notices: [{ ...notice, saw: lines.join().repeat(9) }] },
  },
])("a message whose $what would be too long for SNS is shortened, not lost", async ({ long }) => {
  const { bytes, sent } = await published(long);
  expect(bytes).toBeLessThan(most);
  const { saw: _, ...rest } = notice;
  expect(sent.notices[0]).toMatchObject(rest);
  expect(JSON.stringify(sent)).toContain("too long for a message");
});
