import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  bucket,
  judge,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Tags } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import { clientSideEncryption } from "./client-side-encryption.ts";

const asked = { baseline: { "client-side-encryption": { buckets: ["inv*"] } } };
const own = { buckets: ["*"], tag: "data/cse", values: ["yes", "kms keyring"] };
const askedInOwnWords = { baseline: { "client-side-encryption": own } };

const why =
  "only the owners of the clients know what these do before they upload; once they have made sure, the tag says so";
const command = (tags: string) =>
  `aws s3control tag-resource --account-id 111122223333 --region eu-west-1 --resource-arn arn:aws:s3:::invoices --tags '${tags}'`;

test("where nobody asks for it, the answer is that configuration cannot show it, whatever is read", () => {
  for (const tags of [absent, present<Tags>({}), unknown("denied")]) {
    expect(judge(clientSideEncryption, { tags }, { on: bucket("pictures"), ...asked })).toEqual({
      kind: "not-applicable",
      why: "client-side encryption leaves no trace in the configuration of a bucket, and the baseline asks for no attestation here",
    });
  }
});

test.each([
  { tags: { "client-side-encryption": "required", team: "a" }, situation: asked },
  { tags: { "data/cse": "yes" }, situation: askedInOwnWords },
  { tags: { "data/cse": "kms keyring" }, situation: askedInOwnWords },
])("$tags attests it", ({ tags, situation }) => {
  const [tag, value] = Object.entries(tags)[0] ?? [];
  expect(judge(clientSideEncryption, { tags: present<Tags>(tags) }, situation)).toEqual({
    kind: "compliant",
    evidence: `the tag ${tag}=${value} attests it; the configuration itself cannot show it`,
  });
});

const noTag = "there is no tag client-side-encryption";
test.each([
  { name: "there are no tags", tags: absent, seen: noTag },
  { name: "other tags only", tags: present<Tags>({ team: "required" }), seen: noTag },
  {
    name: "a tag in other letters, which is another tag",
    tags: present<Tags>({ "Client-Side-Encryption": "required" }),
    seen: noTag,
  },
  {
    name: "the right tag with another value",
    tags: present<Tags>({ "client-side-encryption": "planned" }),
    seen: 'the tag client-side-encryption says "planned"',
  },
  {
    name: "the right tag without a value",
    tags: present<Tags>({ "client-side-encryption": "" }),
    seen: 'the tag client-side-encryption says ""',
  },
])("$name: told with the command, and no machine writes it", ({ tags, seen }) => {
  const next = command('[{"Key":"client-side-encryption","Value":"required"}]');
  const summary = `nobody attests that clients encrypt before they upload: ${seen} (baseline: required)`;
  const verdict = {
    kind: "drift",
    summary,
    allowance: { mode: "report-only", why, command: next },
    intents: [],
  };
  expect(judge(clientSideEncryption, { tags }, asked)).toEqual(verdict);
  expect(repair(clientSideEncryption, { tags }, { ...asked, asked: true })).toEqual({
    written: [],
    held: [{ control: "client-side-encryption", kind: "flagged", why, next }],
    later: verdict,
    writtenAgain: [],
  });
});

test("a tag that every object has a member of is not there by that", () => {
  const baseline = { "client-side-encryption": { buckets: ["*"], tag: "constructor" } };
  expect(judge(clientSideEncryption, { tags: present<Tags>({}) }, { baseline })).toMatchObject({
    kind: "drift",
    summary: expect.stringContaining("there is no tag constructor"),
  });
});

test("the command is one that a shell takes as it is, with blanks and all", () => {
  const values = ["kms keyring = 1"];
  const baseline = { "client-side-encryption": { ...own, values } };
  const words = argumentsOf(commandIn(judge(clientSideEncryption, { tags: absent }, { baseline })));
  expect(words.slice(0, 3)).toEqual(["aws", "s3control", "tag-resource"]);
  expect(JSON.parse(words.at(-1) ?? "")).toEqual([{ Key: "data/cse", Value: values[0] }]);
});

test.each(unreadRows(clientSideEncryption))(
  "where it is asked for, $facet unread ($reason) is not judged",
  ({ facet, reason }) => {
    expect(judge(clientSideEncryption, { [facet]: unknown(reason) }, asked)).toEqual(
      unread(facet, reason),
    );
  },
);
