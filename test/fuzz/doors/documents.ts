import { baselineProblems, parseBaseline } from "@bucket-warden/core/baseline";
import { ensure, guarantee, parse, print } from "@bucket-warden/core/policy";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseText } from "../../../packages/cli/src/baseline/source.ts";
import { checkLine, fixLine } from "../../../packages/cli/src/policy/answer.ts";
import { hostileText } from "../../arbitraries/hostile.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { policyDocument } from "../../arbitraries/policy.ts";
import { door, requirePrintable } from "../door.ts";

const baseline = {
  "ssl-only": { mode: "remediate" },
  "default-encryption": {
    mode: "approve",
    key: "arn:{partition}:kms:{region}:{account}:alias/s3",
  },
  "access-logging": { mode: "alert", target: "logs-{account}-{region}", prefix: "{bucket}/" },
  "mfa-delete": { buckets: ["ledger-*"] },
  "object-lambda": { allowed: [{ name: "redact-*", function: "arn:aws:lambda:*" }] },
  scopes: [
    {
      name: "production",
      match: { tags: { env: "prod" }, accounts: ["111122223333"], buckets: ["prod-*"] },
      settings: { versioning: { mode: "remediate" } },
    },
  ],
  waivers: [
    {
      buckets: ["brochure"],
      controls: ["ssl-only"],
      reason: "a website",
      approver: "bob",
      approved: "2026-11-01",
      expires: "2026-12-01",
    },
  ],
  limits: { waiverDays: 60, largeSweep: { buckets: 10, percent: 10 } },
  notifications: {
    runbook: "https://wiki.example.com/{control}",
    quietHours: { from: "22:00", to: "06:00", timeZone: "Europe/Berlin" },
    routes: [{ name: "security", match: { severities: ["critical"] }, to: [{ format: "ocsf" }] }],
  },
};

/** Everything that is wrong is told by name as well, and each sentence can be printed. */
function judged(input: unknown): unknown {
  const problems = baselineProblems(input);
  for (const { problem, remedy } of problems) {
    if (problem === "" || remedy === "") throw new Error("a problem of a baseline says nothing");
  }
  return parseBaseline(input, "warden.config.json");
}

/** What YAML can do and JSON cannot: anchors, tags, merge keys, keys that are no texts. */
const yamlTricks = [
  bomb(9),
  "a: &a [*a]\n",
  "<<: {ssl-only: {mode: remediate}}\n",
  "? [1, 2]\n: 3\n",
  "? {a: 1}\n: !!binary gIGC\n",
  "ssl-only: !!js/function 'x'\n",
  "ssl-only: {mode: !foo alert}\n",
  "%YAML 9.9\n---\nssl-only: {}\n",
  "%TAG ! tag:evil.example,2026:\n---\n!x {}\n",
  "--- {}\n--- {}\n",
  "__proto__: {polluted: true}\nssl-only: {mode: alert}\n",
  "ssl-only: {__proto__: {mode: remediate}}\n",
  "constructor: {prototype: {polluted: true}}\n",
  "ssl-only: *nothing\n",
  "\ufeffssl-only: {mode: alert}\n",
  "limits: {waiverDays: 0x7fffffffffffffff, undoHours: .nan}\n",
  "waivers: [!!timestamp 2026-11-21]\n",
  "ssl-only:\n\tmode: alert\n",
];

/** Each line holds the one before it ten times: a few lines become thousands of millions. */
function bomb(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(", ")}]`,
  );
  return ["l0: &l0 [x]", ...lines, ""].join("\n");
}

const yaml = fc.oneof(
  { weight: 4, arbitrary: mangled([baseline]).map((it) => written(it)) },
  { weight: 3, arbitrary: mangledText([baseline]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...yamlTricks),
        fc.constantFrom("", stringify(baseline)),
        hostileText(),
      )
      .map(([trick, rest, text], at = text.length % 3) => `${trick}${rest}${at === 0 ? text : ""}`),
  },
);

/** As YAML; what is deep stays JSON, since each level of YAML is indented by all those above it. */
function written(value: unknown): string {
  const json = jsonOf(value);
  return json.includes('{"a":['.repeat(100)) ? json : stringify(value);
}

const denyPlainHttp = {
  Sid: "SslOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policies = [
  { Version: "2012-10-17", Id: "x", Statement: [denyPlainHttp] },
  {
    Version: "2012-10-17",
    Statement: [
      denyPlainHttp,
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::111122223333:role/app", "444455556666"] },
        NotAction: ["s3:Delete*", "s3:Put?ucketPolicy"],
        NotResource: "arn:aws:s3:::invoices/${aws:username}/*",
        Condition: {
          "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-1/*/ou-*", "*"] },
          NumericLessThanIfExists: { "s3:TlsVersion": 1.2 },
          IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] },
          DateGreaterThan: { "aws:CurrentTime": "2026-11-21T00:00:00Z" },
          Null: { "aws:ViaAWSService": true },
        },
      },
    ],
  },
];

const ssl = guarantee("ssl-only", {}, { bucket: "invoices", partition: "aws" });

/** Read, printed back as it was, and repaired or refused in words: whatever the text is. */
function policyAnswered(text: string): unknown {
  const parsed = parse(text);
  if (parsed.kind === "parsed" && print(parsed.policy) !== text) {
    throw new Error("a policy is printed back as another");
  }
  const result = ensure(text, ssl);
  if (result.kind === "refused" && result.why === "") throw new Error("a refusal without a reason");
  return result;
}

/** A line of questions is always answered, and the answer is JSON. */
function questionAnswered(line: string): void {
  for (const answer of [checkLine(line), fixLine(line)]) {
    if (typeof answer.id !== "string") throw new Error("an answer without an id");
    requirePrintable(JSON.stringify(answer).replace(/[\u007f-\uffff]/g, ""));
  }
}

const questions = policies.map((policy) => ({
  id: "q-1",
  bucket: "invoices",
  guarantee: "ssl-only",
  policy,
  params: {},
}));

/** Policies that mean something, with values drawn so that they nearly meet. */
const drawn = policyDocument({ statements: 6 }).map((policy) =>
  JSON.stringify({ id: 1, bucket: "b", guarantee: "ssl-only", policy }),
);

export const documentDoors = [
  door({ name: "baselines as data", inputs: mangled([baseline, {}]), enter: judged }),
  door({
    name: "baselines as text",
    inputs: yaml,
    enter: (text) => judged(parseText("warden.config.yaml", text).input),
  }),
  door({ name: "bucket policies", inputs: mangledText(policies), enter: policyAnswered }),
  door({
    name: "questions about policies",
    inputs: fc.oneof({ weight: 3, arbitrary: mangledText(questions) }, drawn),
    enter: questionAnswered,
  }),
];
