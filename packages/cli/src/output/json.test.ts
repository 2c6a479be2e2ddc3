import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bucket,
  drift,
  end,
  head,
  look,
  nothingMissing,
  printed,
  someLooks,
} from "../../../../test/output/scans.ts";
import { jsonFormat } from "./json.ts";
import { readScan } from "./read-scan.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(text: string): Promise<string> {
  const path = join(folder, "scan.json");
  await writeFile(path, text);
  return path;
}

test("a scan is one JSON document with one look a line, and its numbers at the end", () => {
  const text = printed(jsonFormat(), someLooks());
  expect(text.split("\n")).toHaveLength(7);
  expect(JSON.parse(text)).toEqual({
    bucketWarden: "scan",
    version: 1,
    ...head,
    looks: someLooks(),
    ...end,
    counts: {
      resources: 3,
      gone: 1,
      writes: 1,
      findings: {
        drift: 2,
        undecided: 1,
        unread: 1,
        waived: 1,
        compliant: 2,
        "not-applicable": 2,
      },
    },
  });
});

test("what was printed is read back as it was", async () => {
  const path = await saved(printed(jsonFormat(), someLooks()));
  expect(await readScan(path)).toEqual({ head, looks: someLooks(), end });
});

test("a scan that somebody laid out anew is the same scan", async () => {
  const text = printed(jsonFormat(), someLooks());
  for (const layout of [
    JSON.stringify(JSON.parse(text), undefined, 2),
    JSON.stringify(JSON.parse(text)),
  ]) {
    expect(await readScan(await saved(layout))).toEqual({ head, looks: someLooks(), end });
  }
});

test("a scan that was stopped, and saw nothing, is read back as well", async () => {
  const stopped = { ...nothingMissing, interrupted: true } as const;
  const path = await saved(printed(jsonFormat(), [], stopped));
  expect(await readScan(path)).toEqual({ head, looks: [], end: stopped });
});

test("every kind of document and of conflict is read back", async () => {
  const on = bucket("photos");
  const rule = { Future: { Member: 1 } };
  const period = { unit: "days", count: 30 };
  const flags = {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: false,
    configuration: {},
  };
  const account = { ...on, kind: "account", name: undefined };
  const values = [
    ["policy", { text: "{}" }],
    ["encryption", { algorithm: "aws:kms", keyId: "k", bucketKeyEnabled: true, rule }],
    ["logging", { targetBucket: "logs", targetPrefix: "", enabled: rule }],
    ["versioning", { status: "suspended", mfaDelete: "never-configured" }],
    ["objectLock", { defaultRetention: { mode: "GOVERNANCE", period }, configuration: rule }],
    ["publicAccessBlock", flags],
    ["cors", { rules: [{ origins: ["*"], methods: ["PUT"], exposedHeaders: [], rule }] }],
    ["ownership", { setting: "ObjectWriter", rule }],
    ["accountPublicAccess", flags],
  ] as const;
  const steps = values.map(([document, after]) => ({
    document,
    on: document === "accountPublicAccess" ? account : on,
    controls: ["ssl-only"],
    before: { state: "present", value: after, fingerprint: "f" },
    after,
  }));
  const removal = { ...steps[0], after: { state: "absent" } };
  const conflict = { document: "policy", place: "Mine", before: null, now: { a: 1 } };
  const held = { control: "cors", kind: "blocked", why: "w", next: "", conflicts: [conflict] };
  const wanted = { control: "cors", kind: "contested", why: "w", next: "", wanted: steps };
  const whole = { steps: [...steps, removal], held: [held, wanted] };
  const seen = look(on, [drift("ssl-only", "s")]);
  const given = { ...seen, plan: { ...seen.plan, ...whole } };
  const text = JSON.stringify({
    ...JSON.parse(printed(jsonFormat(), [])),
    looks: [given],
  });
  const { looks } = await readScan(await saved(text));
  expect(JSON.parse(JSON.stringify(looks))).toEqual(JSON.parse(JSON.stringify([given])));
});

test.each([
  { what: "nothing", text: "", place: "scan.json", problem: "it is not whole JSON" },
  {
    what: "a scan that was cut off",
    text: printed(jsonFormat(), someLooks()).slice(0, -200),
    place: "scan.json",
    problem: "it is not whole JSON",
  },
  {
    what: "a scan that was cut off after a look",
    text: printed(jsonFormat(), someLooks()).split("\n").slice(0, 3).join("\n"),
    place: "scan.json",
    problem: "it is not whole JSON",
  },
  {
    what: "two scans in one file",
    text: printed(jsonFormat(), someLooks()).repeat(2),
    place: "scan.json",
    problem: "it is not whole JSON",
  },
  {
    what: "a look that is laid out anew",
    text: JSON.stringify(JSON.parse(printed(jsonFormat(), someLooks())), undefined, 1).replace(
      '"facet": "cors"',
      '"facet": "moon"',
    ),
    place: "looks: 3: findings: 0: assessment: facets: 0: facet",
    problem: "it is no facet",
  },
  {
    what: "other JSON",
    text: '{"version":4}',
    place: "bucketWarden",
    problem: 'Invalid input: expected "scan"',
  },
  {
    what: "a later version",
    text: printed(jsonFormat(), []).replace('"version":1', '"version":2'),
    place: "version",
    problem: "Invalid input: expected 1",
  },
  {
    what: "an account that is none",
    text: printed(jsonFormat(), someLooks()).replace('"account":"111122223333"', '"account":"1"'),
    place: "looks: 0: on: account",
    problem: '"1" is not an AWS account id',
  },
  {
    what: "a facet of another version",
    text: printed(jsonFormat(), someLooks()).replace('"facet":"cors"', '"facet":"moon"'),
    place: "looks: 3: findings: 0: assessment: facets: 0: facet",
    problem: "it is no facet",
  },
])(
  "instead of a scan, $what: the place is named, and what to do",
  async ({ text, place, problem }) => {
    await expect(readScan(await saved(text))).rejects.toMatchObject({
      place: expect.stringMatching(new RegExp(`${place}$`)),
      problem,
      remedy: "Give a file that was written by `warden scan --output json`.",
    });
  },
);

test("a file that is not there is named", async () => {
  await expect(readScan(join(folder, "nowhere"))).rejects.toMatchObject({
    place: join(folder, "nowhere"),
    problem: "it cannot be read",
  });
});
