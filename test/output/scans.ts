import {
  type Finding,
  type Look,
  type Plan,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type ResourceRef,
} from "@bucket-warden/core/model";
import type { Format, ScanEnd, ScanHead } from "../../packages/cli/src/output/format.ts";
import type { PlanFile } from "../../packages/cli/src/plan/plan-file.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");

export const head: ScanHead = {
  startedAt: "2026-11-20T10:15:00.000Z",
  baseline: "warden.config.yaml",
  accounts: [account],
  regions: [region],
};

export const end: ScanEnd = {
  endedAt: "2026-11-20T10:15:09.500Z",
  unlooked: [
    { account: parseAccountId("444455556666", "test"), why: "AccessDenied: s3:ListAllMyBuckets" },
    { account, region: parseRegion("eu-south-2", "test"), why: "the Region is not enabled" },
  ],
};

export const nothingMissing: ScanEnd = { endedAt: end.endedAt, unlooked: [] };

export function bucket(name: string): ResourceRef {
  return { kind: "bucket", name: parseBucketName(name, "test"), account, region };
}

export function look(
  on: ResourceRef,
  findings: readonly Finding[],
  plan: Partial<Plan> = {},
): Look {
  const nothing: Plan = { on, basedOn: {}, steps: [], held: [] };
  return { on, at: "2026-11-20T10:15:01.000Z", findings, plan: { ...nothing, ...plan } };
}

/** Drift that a machine may repair. */
export function drift(control: string, summary: string, witness?: string): Finding {
  const seen = { summary, ...(witness === undefined ? {} : { witness }) };
  const allowance = { mode: "automatic" } as const;
  const assessment = { kind: "drift", ...seen, allowance, intents: [] } as const;
  return { control, mode: "remediate", assessment };
}

export const compliant: Finding = {
  control: "versioning",
  mode: "alert",
  assessment: { kind: "compliant", evidence: "versioning is enabled" },
};

export const unread: Finding = {
  control: "cors",
  mode: "alert",
  assessment: {
    kind: "unread",
    facets: [{ facet: "cors", reason: "denied", detail: "AccessDenied" }],
  },
};

export const undecided: Finding = {
  control: "public-policy",
  mode: "alert",
  assessment: { kind: "undecided", why: "a policy variable decides it" },
};

export const notAsked: Finding = {
  control: "website",
  mode: "alert",
  assessment: { kind: "not-applicable", why: "the bucket is no website" },
};

export const waived: Finding = {
  control: "access-logging",
  mode: "remediate",
  assessment: {
    kind: "waived",
    summary: "server access logging is off",
    approver: "jane",
    reason: "an archive, read by nobody",
    ticket: "SEC-12",
    until: "2026-12-24",
    ending: "later",
  },
};

/** Some of everything: a repair, something held, something unread, waived, clean and gone. */
export function someLooks(): readonly Look[] {
  const photos = bucket("photos");
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  if (photos.kind !== "bucket") throw new Error("a bucket is a bucket");
  return [
    look(
      photos,
      [
        drift("ssl-only", "plain HTTP is not denied", "s3:GetObject over HTTP by anyone"),
        drift("cors", "a rule lets every origin write"),
        undecided,
        waived,
        compliant,
        notAsked,
      ],
      {
        basedOn: { policy: "absent" },
        steps: [
          {
            document: "policy",
            on: photos,
            controls: ["ssl-only"],
            before: { state: "absent" },
            after: { text: policy },
          },
        ],
        held: [
          {
            control: "cors",
            kind: "approval",
            why: "pages that write would stop working",
            next: "approve it",
            impact: ["https://app.example.com would be refused"],
          },
        ],
        impact: ["plain HTTP would be denied"],
      },
    ),
    look(bucket("tidy"), [compliant, notAsked]),
    { ...look(bucket("vanished"), []), gone: true },
    look({ kind: "account", account, region }, [unread]),
  ];
}

/** The whole text of a scan. */
export function printed(format: Format, looks: readonly Look[], ending: ScanEnd = end): string {
  return [format.head(head), ...looks.map(format.look), format.end(ending)].join("");
}

/** What `warden plan` keeps, of the same looks. */
export const somePlan: PlanFile = {
  madeAt: "2026-11-20T10:15:00.000Z",
  until: "2026-11-21T10:15:00.000Z",
  account,
  region,
  baseline: { file: "warden.config.yaml", print: "4f0c" },
  controls: ["ssl-only"],
  looks: someLooks(),
};
