import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  anyOrigin,
  bucket,
  corsOf,
  judge,
  ownOrigin,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Cors } from "../model/facets.ts";
import { absent, type Known } from "../model/reading.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { cors } from "./cors.ts";

const fine: Assessment = {
  kind: "compliant",
  evidence: "no CORS rule lets every origin write or read headers",
};
const reliance = "web applications may rely on these rules, and S3 does not tell which";

test("without CORS rules there is nothing to find", () => {
  expect(judge(cors, { cors: absent })).toEqual({
    kind: "compliant",
    evidence: "there are no CORS rules",
  });
});

test.each<{ name: string; cors: Known<Cors> }>([
  { name: "one origin may write", cors: corsOf(ownOrigin) },
  {
    name: "every origin may read, which is what public data is for",
    cors: corsOf({ AllowedOrigins: ["*"], AllowedMethods: ["GET", "HEAD"] }),
  },
  {
    name: "the sub-domains of one name may write",
    cors: corsOf({ AllowedOrigins: ["https://*.acme.example"], AllowedMethods: ["PUT"] }),
  },
  {
    name: "one origin may read headers",
    cors: corsOf({ ...ownOrigin, ExposeHeaders: ["ETag"] }),
  },
])("$name: compliant", ({ cors: read }) => {
  expect(judge(cors, { cors: read })).toEqual(fine);
});

function drift(summary: string, can: string, places: readonly number[]): Assessment {
  return {
    kind: "drift",
    summary,
    witness: `a script on any web page may ${can}`,
    allowance: { mode: "approval", why: reliance },
    intents: [{ document: "cors", kind: "remove-cors-rules", places }],
  };
}

test.each<{ name: string; cors: Known<Cors>; expected: Assessment }>([
  {
    name: "every origin may write",
    cors: corsOf(ownOrigin, anyOrigin),
    expected: drift("rule 2 (open) lets * use PUT", "use PUT", [1]),
  },
  {
    name: "every origin may write in three ways and read a header",
    cors: corsOf(
      {
        AllowedOrigins: ["*"],
        AllowedMethods: ["GET", "PUT", "POST", "DELETE"],
        ExposeHeaders: ["x-amz-version-id"],
      },
      ownOrigin,
    ),
    expected: drift(
      "rule 1 lets * use PUT, POST, DELETE and read x-amz-version-id",
      "use PUT, POST, DELETE and read x-amz-version-id",
      [0],
    ),
  },
  {
    name: "every origin may read and see headers",
    cors: corsOf(ownOrigin, {
      AllowedOrigins: ["*"],
      AllowedMethods: ["GET"],
      ExposeHeaders: ["ETag", "x-secret"],
    }),
    expected: drift("rule 2 lets * read ETag, x-secret", "read ETag, x-secret", [1]),
  },
  ...["https://*", "http://*", "http*", "*://stranger.invalid"].map((origin) => ({
    name: `every origin is spelt ${origin}`,
    cors: corsOf(ownOrigin, {
      AllowedOrigins: ["https://app.example", origin],
      AllowedMethods: ["DELETE"],
    }),
    expected: drift(`rule 2 lets ${origin} use DELETE`, "use DELETE", [1]),
  })),
  {
    name: "two rules offend around one that does not",
    cors: corsOf(anyOrigin, ownOrigin, anyOrigin),
    expected: drift(
      "rule 1 (open) lets * use PUT; rule 3 (open) lets * use PUT",
      "use PUT",
      [0, 2],
    ),
  },
])("$name: a person is asked", ({ cors: read, expected }) => {
  expect(judge(cors, { cors: read })).toEqual(expected);
});

const alone = { cors: corsOf(anyOrigin) };

test("where no rule would be left, the command that deletes them is told", () => {
  const why = `no rule would be left, so the whole document would have to go; ${reliance}`;
  const allowance: Allowance = { mode: "report-only", why, command: expect.any(String) };
  const assessment = judge(cors, alone, { on: bucket("my.widgets") });
  expect(assessment).toMatchObject({ kind: "drift", allowance, intents: [] });
  expect(argumentsOf(commandIn(assessment))).toEqual([
    "aws",
    "s3api",
    "delete-bucket-cors",
    "--bucket",
    "my.widgets",
    "--expected-bucket-owner",
    "111122223333",
  ]);
  expect(repair(cors, alone, { asked: true })).toMatchObject({
    written: [],
    held: [{ kind: "flagged" }],
    writtenAgain: [],
  });
});

const mixed = { cors: corsOf(anyOrigin, { ...ownOrigin, ExposeHeaders: ["ETag"] }, anyOrigin) };

test("nothing is written before somebody asks", () => {
  expect(repair(cors, mixed)).toMatchObject({ written: [], held: [{ kind: "approval" }] });
});

test("asked for, the offending rules go once, and the other stays as it was read", () => {
  expect(repair(cors, mixed, { asked: true })).toEqual({
    written: [{ document: "cors", after: corsOf({ ...ownOrigin, ExposeHeaders: ["ETag"] }).value }],
    held: [],
    later: fine,
    writtenAgain: [],
  });
});

test.each(unreadRows(cors))("unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(cors, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
