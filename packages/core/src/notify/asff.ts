import { printable } from "../kernel/printable.ts";
import type { Look } from "../model/look.ts";
import { bucketArn, partitionOf, resourceId } from "../model/ref.ts";
import { lookNotices } from "./look-notices.ts";
import type { Message, Notice } from "./message.ts";
import { findingId, isUrgent, progressOf, type Subject, verdictOf } from "./progress.ts";
import { causeText } from "./render.ts";

/**
 * A finding in the AWS Security Finding Format, with the names of its API. What customers own
 * (`Workflow`, `Note`, `UserDefinedFields`, `VerificationState`, and `Severity` and `Types` at the top)
 * is never there, so that what they decided stays.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export interface AsffFinding {
  readonly SchemaVersion: "2018-10-08";
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly Resources: readonly [AsffResource];
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: SeverityLabel };
    readonly Types: readonly string[];
  };
  readonly Compliance?: { readonly Status: "PASSED" | "FAILED" | "WARNING" };
  readonly RecordState: "ACTIVE" | "ARCHIVED";
  readonly Remediation?: {
    readonly Recommendation: { readonly Text: string; readonly Url?: string };
  };
  readonly ProductFields: Readonly<Record<string, string>>;
}

interface AsffResource {
  readonly Type: "AwsS3Bucket" | "AwsAccount";
  readonly Id: string;
  readonly Region: string;
}

type SeverityLabel = "INFORMATIONAL" | "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";

/** One finding for each notice; news about the same control and resource updates the same finding. */
export function asffFindings(message: Message): readonly AsffFinding[] {
  const origin = originOf(message);
  return message.notices.map((notice) => findingFor(message, notice, origin));
}

/** The same findings for all that one look saw, also for what is right. */
export function asffOfLook(look: Look): readonly AsffFinding[] {
  return lookNotices(look).map((notice) => findingFor(look, notice));
}

function findingFor(subject: Subject, notice: Notice, origin: Fields = {}): AsffFinding {
  const { on, at } = subject;
  const { account, region } = on;
  const partition = partitionOf(region);
  return {
    SchemaVersion: "2018-10-08",
    Id: findingId(subject, notice),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `bucket-warden/${notice.control}`,
    AwsAccountId: account,
    CreatedAt: at,
    UpdatedAt: at,
    Title: cut(`${notice.control}: ${notice.saw}`, 256),
    Description: cut(`${notice.saw}. What we did: ${notice.did}`, 1_024),
    Resources: [resourceOf(subject)],
    FindingProviderFields: {
      Severity: { Label: labelFor(notice) },
      Types: [isUrgent(notice) ? "TTPs/Defense Evasion" : "Software and Configuration Checks"],
    },
    ...complianceOf(notice),
    RecordState: progressOf(notice) === "closed" ? "ARCHIVED" : "ACTIVE",
    ...remediationOf(notice),
    ProductFields: fieldsOf(subject, notice, origin),
  };
}

function resourceOf({ on }: Subject): AsffResource {
  const where = { Region: on.region };
  if (on.kind === "bucket") return { Type: "AwsS3Bucket", Id: bucketArn(on), ...where };
  return { Type: "AwsAccount", Id: `AWS::::Account:${on.account}`, ...where };
}

function labelFor(notice: Notice): SeverityLabel {
  if (isUrgent(notice)) return "CRITICAL";
  switch (verdictOf(notice.kind)) {
    case "passed":
      return "INFORMATIONAL";
    case "unknown":
      return "LOW";
    case "failed":
      return "MEDIUM";
  }
}

const statuses = { passed: "PASSED", failed: "FAILED", unknown: "WARNING" } as const;

function complianceOf(notice: Notice): Pick<AsffFinding, "Compliance"> {
  if (notice.kind === "alarm") return {};
  return { Compliance: { Status: statuses[verdictOf(notice.kind)] } };
}

function remediationOf({ next, runbook }: Notice): Pick<AsffFinding, "Remediation"> {
  if (next === "") return {};
  const url = runbook === undefined ? {} : { Url: runbook };
  return { Remediation: { Recommendation: { Text: cut(next, 512), ...url } } };
}

type Fields = Readonly<Record<string, string>>;

/** At most 50 fields of 2,048 characters. */
function fieldsOf({ on }: Subject, notice: Notice, origin: Fields): Fields {
  const { kind, control, witness } = notice;
  const fields = {
    "bucket-warden/Control": control,
    "bucket-warden/Outcome": kind,
    "bucket-warden/Resource": resourceId(on),
    ...origin,
    ...(witness === undefined ? {} : { "bucket-warden/Witness": witness }),
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, cut(value, 2_048)]),
  );
}

/** Where it is written what was done. */
function originOf({ id, cause }: Message): Fields {
  return { "bucket-warden/LedgerEntry": id, "bucket-warden/Cause": causeText(cause) };
}

function cut(text: string, most: number): string {
  const line = printable(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
