import { gzipSync } from "node:zlib";
import { controls } from "@bucket-warden/core/controls";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { expect, test } from "vitest";
import * as z from "zod";
import {
  bucket,
  drift,
  look,
  nothingMissing,
  printed,
  someLooks,
  undecided,
} from "../../../../../test/output/scans.ts";
import { sarifFormat } from "./sarif.ts";

/** The schema of SARIF itself, as Microsoft publishes it; zod takes a relative reference for no URI. */
const official = z.fromJSONSchema(
  JSON.parse(
    JSON.stringify(schema).replaceAll('"format":"uri-reference"', '"pattern":"^[^\\\\s:]+$"'),
  ),
);

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly automationDetails: { readonly id: string };
    readonly results: readonly Result[];
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications?: readonly { readonly message: { text: string } }[];
    }[];
  }[];
}

interface Rule {
  readonly id: string;
  readonly helpUri?: string;
  readonly properties: { readonly tags: readonly string[]; readonly "security-severity": string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
  ];
  readonly suppressions?: readonly object[];
}

function logOf(
  ...scan: Parameters<typeof printed> extends [unknown, ...infer Rest] ? Rest : never
) {
  const log: unknown = JSON.parse(printed(sarifFormat(), ...scan));
  expect(official.safeParse(log).error?.issues).toBeUndefined();
  return log as Log; // it keeps the schema
}

test("a scan is a valid log with drift and the undecided as results", () => {
  const [run] = logOf(someLooks()).runs;
  expect(run?.results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
    "ssl-only error",
    "cors error",
    "public-policy warning",
    "access-logging error",
  ]);
  expect(run?.results[0]?.message.text).toBe(
    "photos: plain HTTP is not denied. For example: s3:GetObject over HTTP by anyone. This would be written: policy.",
  );
});

test("a scan that saw nothing is a valid log", () => {
  expect(logOf([], nothingMissing).runs[0]?.results).toEqual([]);
});

test("what is waived is there, with who waived it and why", () => {
  const [run] = logOf(someLooks()).runs;
  expect(run?.results.map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    undefined,
    undefined,
    [
      {
        kind: "external",
        status: "accepted",
        justification: "an archive, read by nobody (SEC-12); jane, until 2026-12-24",
      },
    ],
  ]);
});

test("what could not be read is a notification, not a result", () => {
  const [run] = logOf(someLooks()).runs;
  const said = run?.invocations[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
  expect(said).toEqual([
    "account 111122223333: cors could not be read: cors (denied: AccessDenied).",
    "Account 444455556666 could not be looked at: AccessDenied: s3:ListAllMyBuckets.",
    "Account 111122223333 in eu-south-2 could not be looked at: the Region is not enabled.",
  ]);
});

test("a scan that was stopped does not call itself whole", () => {
  const stopped = { ...nothingMissing, interrupted: true } as const;
  expect(logOf([], stopped).runs[0]?.invocations[0]?.executionSuccessful).toBe(false);
});

test("every control is a rule that GitHub takes, and results point at theirs", () => {
  const [run] = logOf(someLooks()).runs;
  const rules = run?.tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(controls.map(({ id }) => id));
  for (const { helpUri = "https://docs.aws.amazon.com/", properties } of rules) {
    expect(properties.tags.length).toBeLessThanOrEqual(10);
    expect(Number(properties["security-severity"])).toBeGreaterThan(0);
    expect(helpUri).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
});

test("a finding keeps its name whatever is said of it, and no two share one", () => {
  const printsOf = (summary: string) =>
    logOf([
      look(bucket("photos"), [drift("cors", summary), undecided]),
      look(bucket("films"), [drift("cors", summary)]),
    ]).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["bucketWarden/v1"]);
  expect(printsOf("one")).toEqual(printsOf("another"));
  expect(new Set(printsOf("one")).size).toBe(3);
});

test("resources are paths without a scheme, which GitHub would refuse", () => {
  const account = someLooks()[3]?.on ?? bucket("photos");
  const some = [bucket("photos"), account, { ...account, kind: "region" } as const];
  const looks = some.map((on) => look(on, [drift("cors", "x")]));
  const uris = logOf(looks).runs[0]?.results.map(
    ({ locations }) => locations[0].physicalLocation.artifactLocation.uri,
  );
  expect(uris).toEqual([
    "aws/111122223333/eu-west-1/photos",
    "aws/111122223333/account",
    "aws/111122223333/eu-west-1",
  ]);
});

test("strangers write no links and no control characters", () => {
  const hostile = "[click](https://evil.example) \u001b[31m\u202e";
  const [run] = logOf([look(bucket("photos"), [drift("cors", hostile)])]).runs;
  expect(run?.results[0]?.message.text).toBe(
    "photos: \\[click\\](https://evil.example) \ufffd\\[31m\ufffd.",
  );
});

test("more results than GitHub takes in a run go on in another, of its own category, within its size", () => {
  const many = Array.from({ length: 2_600 }, (_, number) =>
    look(
      bucket(`bucket-${number}`),
      controls.slice(0, 10).map(({ id }) => drift(id, "x")),
    ),
  );
  const text = printed(sarifFormat(), many);
  expect(gzipSync(text).length).toBeLessThan(10 * 1024 * 1024);
  const { runs } = JSON.parse(text) as Log;
  expect(
    runs.map(({ automationDetails, results }) => [automationDetails.id, results.length]),
  ).toEqual([
    ["bucket-warden/", 25_000],
    ["bucket-warden/2/", 1_000],
  ]);
  for (const run of runs) {
    const one = { version: "2.1.0", runs: [{ ...run, results: run.results.slice(0, 1) }] };
    expect(official.safeParse(one).error?.issues).toBeUndefined();
  }
});
