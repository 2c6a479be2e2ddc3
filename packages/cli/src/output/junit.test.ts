import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import {
  bucket,
  drift,
  look,
  nothingMissing,
  printed,
  someLooks,
} from "../../../../test/output/scans.ts";
import { junitFormat } from "./junit.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  isArray: (name) => name === "testsuite" || name === "testcase",
});

interface Ending {
  readonly message?: string;
  readonly type?: string;
  readonly "#text"?: string;
}

interface TestSuite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly timestamp: string;
  readonly testcase: readonly {
    readonly name: string;
    readonly classname: string;
    readonly failure?: Ending;
    readonly error?: Ending;
    readonly skipped?: Ending;
  }[];
}

function suitesOf(
  ...scan: Parameters<typeof printed> extends [unknown, ...infer Rest] ? Rest : never
) {
  const text = printed(junitFormat(), ...scan);
  expect(XMLValidator.validate(text)).toBe(true);
  const { testsuites } = parser.parse(text) as { testsuites: { testsuite?: TestSuite[] } };
  return testsuites.testsuite ?? [];
}

test("each resource is a suite, each control a case, and the counts add up", () => {
  const suites = suitesOf(someLooks());
  expect(suites.map(({ name, tests }) => `${name}: ${tests}`)).toEqual([
    "photos: 6",
    "tidy: 2",
    "account 111122223333: 1",
    "account 444455556666: 1",
    "account 111122223333 in eu-south-2: 1",
  ]);
  for (const { tests, failures, errors, skipped, testcase } of suites) {
    const ends = testcase.map((it) => ["failure", "error", "skipped"].find((end) => end in it));
    const count = (wanted: string) => String(ends.filter((end) => end === wanted).length);
    expect({ tests, failures, errors, skipped }).toEqual({
      tests: String(testcase.length),
      failures: count("failure"),
      errors: count("error"),
      skipped: count("skipped"),
    });
  }
});

test("drift fails with its witness and what would be done, and the rest ends as what it is", () => {
  const [photos] = suitesOf(someLooks());
  const [ssl, cors, undecided, waived, compliant, notAsked] = photos?.testcase ?? [];
  expect(ssl).toMatchObject({
    classname: "111122223333.eu-west-1.photos",
    name: "ssl-only",
    failure: {
      message: "plain HTTP is not denied",
      type: "drift",
      "#text":
        "plain HTTP is not denied\nfor example: s3:GetObject over HTTP by anyone\nrepair: this would be written: policy",
    },
  });
  expect(cors?.failure?.["#text"]).toContain("next: approve it");
  expect(undecided?.error?.type).toBe("undecided");
  expect(waived?.skipped?.message).toContain("waived by jane");
  expect(compliant).toEqual({
    classname: "111122223333.eu-west-1.photos",
    name: "versioning",
    time: "0",
  });
  expect(notAsked?.skipped?.message).toBe("the bucket is no website");
});

test("time stamps are of the form that the schema knows", () => {
  expect(suitesOf(someLooks())[0]?.timestamp).toBe("2026-11-20T10:15:01");
});

test("a scan that saw nothing is a valid file", () => {
  expect(suitesOf([], nothingMissing)).toEqual([]);
});

test("dots in the name of a bucket make no folders", () => {
  const [suite] = suitesOf([look(bucket("www.example.com"), [drift("cors", "x")])]);
  expect(suite?.testcase[0]?.classname).toBe("111122223333.eu-west-1.www_example_com");
});

test.each([
  ["]]>", "]]>"],
  ["</failure><x>", "</failure><x>"],
  ["a & b \"c\" 'd'", "a & b \"c\" 'd'"],
  ["\u0000\u0008\u000b\u001b\u0085", "\ufffd\ufffd\ufffd\ufffd\ufffd"],
  ["\ufffe\uffff\ud800", "\ufffd\ufffd\ufffd"],
  ["one\ntwo", "one\ufffdtwo"],
  ["😀", "😀"],
])("%j is text in the file, and nothing else", (summary, read) => {
  const [suite] = suitesOf([look(bucket("photos"), [drift("cors", summary)])]);
  expect(suite?.testcase[0]?.failure?.message).toBe(read);
});
