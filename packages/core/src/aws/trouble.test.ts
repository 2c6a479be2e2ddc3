import { expect, test } from "vitest";
import { inputErrorOf, remedyOf } from "./trouble.ts";

function errorOf(name: string, message = "", more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

test.each([
  {
    what: "a token that has ended",
    error: errorOf(
      "ExpiredTokenException",
      "The security token included in the request is expired",
    ),
    remedy: "aws sso login",
  },
  { what: "no credentials", error: errorOf("CredentialsProviderError"), remedy: "AWS_PROFILE" },
  { what: "an unknown key", error: errorOf("InvalidClientTokenId"), remedy: "does not know these" },
  { what: "no Region", error: errorOf("Error", "Region is missing"), remedy: "Set AWS_REGION" },
  {
    what: "an empty Region",
    error: errorOf("Error", 'Region not accepted: region="" is not a valid hostname component.'),
    remedy: "Set AWS_REGION",
  },
  { what: "throttling", error: errorOf("SlowDown"), remedy: "fewer calls" },
  {
    what: "an endpoint at which nothing listens",
    error: errorOf("Error", "", { code: "ECONNREFUSED" }),
    remedy: "AWS_ENDPOINT_URL",
  },
  {
    what: "an endpoint that is no URL",
    error: errorOf("TypeError", "Invalid URL", { code: "ERR_INVALID_URL" }),
    remedy: "AWS_ENDPOINT_URL is no URL",
  },
  {
    what: "a denial that names its action",
    error: errorOf(
      "AccessDeniedException",
      "User: arn:aws:iam::111122223333:user/a is not authorized to perform: lambda:InvokeFunction on resource: x because no identity-based policy allows the action",
    ),
    remedy: "Have lambda:InvokeFunction allowed",
  },
  {
    what: "a denial by the organization",
    error: errorOf(
      "AccessDenied",
      "User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in a service control policy",
    ),
    remedy: "service control policy of the organization denies s3:ListAllMyBuckets",
  },
  {
    what: "a denial that says nothing",
    error: errorOf("AccessDenied", "Access Denied"),
    remedy: "Have the call allowed",
  },
])("what to do about $what is said", ({ error, remedy }) => {
  expect(remedyOf(error)).toContain(remedy);
});

test("an error of a service of which nothing is known is shown as it is", () => {
  const error = errorOf("OddException", "it is odd", { $metadata: {} });
  expect(inputErrorOf(error)).toMatchObject({ place: "AWS", problem: "OddException: it is odd" });
});

test.each([new Error("a bug"), "text", undefined])("%s is no error of AWS", (error) => {
  expect({ remedy: remedyOf(error), parts: inputErrorOf(error) }).toEqual({});
});
