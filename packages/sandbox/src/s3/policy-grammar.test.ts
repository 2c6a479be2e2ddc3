import { expect, test } from "vitest";
import { AwsError } from "../wire/aws-error.ts";
import { inBucket, refuseMalformedPolicy } from "./policy-grammar.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
};
const withStatement = (change: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: { ...statement, ...change } });

const accepted: readonly [string, string][] = [
  ["a statement that is not in a list", withStatement({})],
  ["no version", JSON.stringify({ Statement: [statement] })],
  ["the old version", JSON.stringify({ Version: "2008-10-17", Id: "x", Statement: [statement] })],
  [
    "every kind of principal",
    withStatement({
      Principal: {
        AWS: [
          "*",
          "111122223333",
          "arn:aws:iam::111122223333:role/a/b",
          "arn:aws:sts::111122223333:assumed-role/r/s",
        ],
        Service: "logging.s3.amazonaws.com",
        Federated: "cognito-identity.amazonaws.com",
        CanonicalUser: "a".repeat(64),
      },
    }),
  ],
  [
    "the opposite elements",
    withStatement({
      Principal: undefined,
      NotPrincipal: { AWS: "111122223333" },
      Action: undefined,
      NotAction: "s3:Get*",
      Resource: undefined,
      NotResource: "arn:aws:s3:::b/public/*",
    }),
  ],
  ["a resource of stars", withStatement({ Resource: "*" })],
  ["a resource that begins like the bucket", withStatement({ Resource: "arn:aws:s3:::b*" })],
  ["a resource with a variable", withStatement({ Resource: "arn:aws:s3:::b/${aws:username}/*" })],
  [
    "a condition",
    withStatement({
      Condition: {
        "ForAnyValue:StringNotLikeIfExists": { "aws:PrincipalArn": ["x"] },
        Null: { "s3:signatureAge": true },
      },
    }),
  ],
  [
    "an object action beside the bucket's resource",
    withStatement({
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    }),
  ],
];

test.each(accepted)("takes %s", (_title, text) => {
  expect(() => refuseMalformedPolicy(text, inBucket("b"))).not.toThrow();
});

const refused: readonly [string, string, string][] = [
  [
    "white space first",
    ` ${withStatement({})}`,
    "Policies must be valid JSON and the first byte must be '{'",
  ],
  ["half a document", '{"Version":', "This policy contains invalid Json"],
  ["no statement", "{}", "Missing required field Statement"],
  [
    "no statements in the list",
    '{"Statement":[]}',
    "Could not parse the policy: Statement is empty!",
  ],
  ["a statement that is a text", '{"Statement":["x"]}', "Expected a JSON object in Statement"],
  ["a misspelt element", '{"version":"2012-10-17","Statement":[]}', "Unknown field version"],
  [
    "a version that does not exist",
    '{"Version":"2020-01-01","Statement":[]}',
    "The policy must contain a valid version string",
  ],
  ["no effect", withStatement({ Effect: undefined }), "Missing required field Effect"],
  ["another effect", withStatement({ Effect: "Forbid" }), "Invalid effect: Forbid"],
  ["no principal", withStatement({ Principal: undefined }), "Missing required field Principal"],
  [
    "both kinds of principal",
    withStatement({ NotPrincipal: "*" }),
    "Statement cannot contain both Principal and NotPrincipal",
  ],
  [
    "a principal of an unknown kind",
    withStatement({ Principal: { User: "x" } }),
    "Invalid principal in policy",
  ],
  [
    "a deleted role",
    withStatement({ Principal: { AWS: "AROA4XAMPLE" } }),
    "Invalid principal in policy",
  ],
  [
    "a wildcard inside an ARN",
    withStatement({ Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }),
    "Invalid principal in policy",
  ],
  ["a principal that is a name", withStatement({ Principal: "alice" }), "Invalid policy syntax."],
  ["no action", withStatement({ Action: undefined }), "Missing required field Action"],
  [
    "an action of another service",
    withStatement({ Action: "kms:Decrypt" }),
    "Policy has invalid action",
  ],
  ["an empty list of actions", withStatement({ Action: [] }), "Policy has invalid action"],
  ["a number as resource", withStatement({ Resource: 1 }), "Policy has invalid resource"],
  [
    "the resource of another bucket",
    withStatement({ Resource: "arn:aws:s3:::bb/*" }),
    "Policy has invalid resource",
  ],
  [
    "a placeholder",
    withStatement({ Resource: "arn:aws:s3:::<bucket>/*" }),
    "Policy has invalid resource",
  ],
  [
    "an object action on the bucket alone",
    withStatement({ Action: "s3:PutObject", Resource: "arn:aws:s3:::b" }),
    "Action does not apply to any resource(s) in statement",
  ],
  [
    "an operator that does not exist",
    withStatement({ Condition: { StringSame: {} } }),
    "Invalid Condition type : StringSame",
  ],
  [
    "a condition key without a prefix",
    withStatement({ Condition: { Bool: { SecureTransport: "false" } } }),
    "Policy has an invalid condition key",
  ],
  ["a condition that is a text", withStatement({ Condition: "x" }), "Invalid Condition"],
];

test.each(refused)("refuses %s", (_title, text, message) => {
  expect(() => refuseMalformedPolicy(text, inBucket("b"))).toThrow(
    new AwsError({ code: "MalformedPolicy", status: 400, message }),
  );
});

test("20,480 bytes fit, white space not counted, and one more does not", () => {
  const sized = (bytes: number) => {
    const bare = Buffer.byteLength(withStatement({ Sid: "" }));
    return withStatement({ Sid: "x".repeat(bytes - bare) });
  };
  expect(() => refuseMalformedPolicy(sized(20_480), inBucket("b"))).not.toThrow();
  const spread = JSON.stringify(JSON.parse(sized(20_480)), null, 8);
  expect(() => refuseMalformedPolicy(spread, inBucket("b"))).not.toThrow();
  expect(() => refuseMalformedPolicy(sized(20_481), inBucket("b"))).toThrow(
    "Policies must be at most 20480 bytes in length",
  );
});
