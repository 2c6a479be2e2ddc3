import { expect, test } from "vitest";
import type { Guarantee } from "../guarantees/guarantee.ts";
import { parse } from "../syntax/parse.ts";
import { prove } from "./prove.ts";

const arn = "arn:aws:glacier:eu-west-1:111122223333:vaults/records";
const age = "glacier:ArchiveAgeInDays";

/** A guarantee of one's own, about a resource that is not a bucket. */
const keptForAYear: Guarantee = {
  name: "kept-for-a-year",
  sentence: "no archive is deleted in its first year",
  bucket: "records",
  partition: "aws",
  mustDeny: [
    {
      manner: "too early",
      actions: ["glacier:DeleteArchive"],
      resources: { arn },
      callers: "signed",
      where: [{ operator: "NumericLessThan", key: age, values: ["365"] }],
      assuming: [],
    },
  ],
  statements: [],
  sids: [],
};

const canonical = {
  Effect: "Deny",
  Principal: "*",
  Action: "glacier:DeleteArchive",
  Resource: arn,
  Condition: { NumericLessThan: { [age]: "365" } },
};

function ages(operator: string, days: string): object {
  return { ...canonical, Condition: { [operator]: { [age]: days } } };
}

/** `proven`, the age in days at which an archive can be deleted, or `undecided` with the reason. */
function judge(statements: readonly unknown[]): string {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const proof = prove(parsed.policy, keptForAYear);
  switch (proof.kind) {
    case "proven":
      return "proven";
    case "refuted":
      return `${proof.witness.action} after ${proof.witness.context[age]} days`;
    case "undecided":
      return `undecided: ${proof.why}`;
  }
}

test.each([
  { name: "the statement of the guide", statement: canonical, answer: "proven" },
  { name: "a longer retention", statement: ages("NumericLessThan", "3650"), answer: "proven" },
  {
    name: "every action of the service on every vault",
    statement: { ...canonical, Action: "glacier:*", Resource: "*" },
    answer: "proven",
  },
  {
    name: "a deletion at any age",
    statement: { ...canonical, Condition: {} },
    answer: "proven",
  },
  {
    name: "a shorter retention",
    statement: ages("NumericLessThan", "30"),
    answer: "glacier:DeleteArchive after 30 days",
  },
  {
    name: "the last day of a shorter retention counts too",
    statement: ages("NumericLessThanEquals", "30"),
    answer: "glacier:DeleteArchive after 197 days",
  },
  {
    name: "the comparison the wrong way round",
    statement: ages("NumericGreaterThan", "365"),
    answer: "glacier:DeleteArchive after 364 days",
  },
  {
    name: "another action",
    statement: { ...canonical, Action: "glacier:DeleteVault" },
    answer: "glacier:DeleteArchive after 364 days",
  },
  {
    name: "the actions of S3 are not those of a vault",
    statement: { ...canonical, Action: "s3:*" },
    answer: "glacier:DeleteArchive after 364 days",
  },
  {
    name: "another vault",
    statement: { ...canonical, Resource: arn.replace("records", "drafts") },
    answer: "glacier:DeleteArchive after 364 days",
  },
  {
    name: "one role is left out",
    statement: { ...canonical, Principal: { AWS: "arn:aws:iam::111122223333:role/reader" } },
    answer: "glacier:DeleteArchive after 364 days",
  },
  {
    name: "364 days and no fraction: whether ages are whole numbers is written nowhere",
    statement: ages("NumericLessThanEquals", "364"),
    answer: expect.stringMatching(/^undecided: only a request slips through that is unlikely/),
  },
  {
    name: "only vaults with a tag, which the policy does not show",
    statement: {
      ...canonical,
      Condition: { StringEquals: { "glacier:ResourceTag/LegalHold": "true" } },
    },
    answer:
      "undecided: statement 1 is in doubt: glacier:ResourceTag/LegalHold follows from the resource, about which the policy says nothing",
  },
])("a vault: $name", ({ statement, answer }) => {
  expect(judge([statement])).toEqual(answer);
});

test("a vault: no policy keeps nothing, and the witness names the vault", () => {
  expect(prove(undefined, keptForAYear)).toMatchObject({
    kind: "refuted",
    sentence: `the user arn:aws:iam::444455556666:user/alice may call glacier:DeleteArchive on ${arn} too early`,
  });
});
