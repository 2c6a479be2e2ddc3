import { expect, test } from "vitest";
import { recordsOf } from "./log-file.ts";

test("a log file is a list of records, which are not looked at yet", () => {
  expect(recordsOf('{"Records":[{"eventName":"PutBucketPolicy"},7,null]}', "a.json")).toEqual([
    { eventName: "PutBucketPolicy" },
    7,
    null,
  ]);
  expect(recordsOf('{"Records":[]}', "a.json")).toEqual([]);
});

test("a digest file, which lies beside the logs, has no records", () => {
  const digest = {
    awsAccountId: "111122223333",
    digestStartTime: "2026-11-20T09:00:00Z",
    digestEndTime: "2026-11-20T10:00:00Z",
    digestSignatureAlgorithm: "SHA256withRSA",
    logFiles: [{ s3Bucket: "trail", s3Object: "a.json.gz", hashAlgorithm: "SHA-256" }],
  };
  expect(recordsOf(JSON.stringify(digest), "digest.json")).toEqual([]);
});

const remedy = "Give files as CloudTrail wrote them, .json or .json.gz, whole.";

test.each([
  { text: "", problem: "it is not JSON" },
  { text: '{"Records":[', problem: "it is not JSON" },
  { text: "null", problem: "it has no list of Records" },
  { text: "[]", problem: "it has no list of Records" },
  { text: "{}", problem: "it has no list of Records" },
  { text: '{"Records":null}', problem: "it has no list of Records" },
  { text: '{"Records":{}}', problem: "it has no list of Records" },
  { text: '{"digestStartTime":"x"}', problem: "it has no list of Records" },
])("$text is refused by name: $problem", ({ text, problem }) => {
  expect(() => recordsOf(text, "logs/a.json")).toThrow(`logs/a.json: ${problem}. ${remedy}`);
});
