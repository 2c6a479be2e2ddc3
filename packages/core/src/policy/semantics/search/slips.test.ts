import { expect, test } from "vitest";
import { guarantee } from "../../guarantees/catalogue.ts";
import { parse } from "../../syntax/parse.ts";
import { prove } from "../prove.ts";

const ssl = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });
const objects = "arn:aws:s3:::b/*";

function proofOf(...changes: readonly object[]) {
  const statements = changes.map((change) => ({ ...ssl.statements[0], Sid: undefined, ...change }));
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return prove(parsed.policy, ssl);
}

test("that the listing of a bucket is asked of an object neither refutes nor proves", () => {
  const proof = proofOf(
    { Resource: "arn:aws:s3:::b" },
    { Resource: objects, Action: undefined, NotAction: "s3:ListBucket*" },
    { Resource: objects, Action: "s3:ListBucket?*" },
  );
  expect(proof).toMatchObject({ kind: "undecided" });
  expect(proof.kind === "undecided" && proof.why).toContain("is unlikely to exist");
});

/** Who slips through when all are denied but for what they ask of their own ARN. */
test.each([
  [
    { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/path/App*" } },
    {
      kind: "role-session",
      arn: "arn:aws:sts::111122223333:assumed-role/Appexample/session",
      roleArn: "arn:aws:iam::111122223333:role/path/Appexample",
      account: "111122223333",
    },
  ],
  [
    { StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:root" } },
    { kind: "root", account: "111122223333" },
  ],
  [
    { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/a*" } },
    { kind: "user", arn: "arn:aws:iam::111122223333:user/aexample", account: "111122223333" },
  ],
  [
    { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    {
      kind: "user",
      arn: "arn:aws:iam::444455556666:user/alice",
      account: "444455556666",
      orgId: "o-a1b2c3d4e5",
    },
  ],
])("%j lets one through: %j", (condition, principal) => {
  const Condition = { Bool: { "aws:SecureTransport": "false" }, ...condition };
  const proof = proofOf({ Condition });
  expect(proof.kind === "refuted" && proof.witness.principal).toStrictEqual(principal);
});
