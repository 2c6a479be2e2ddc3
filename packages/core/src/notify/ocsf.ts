import type { Look } from "../model/look.ts";
import { resourceId, resourceName } from "../model/ref.ts";
import { lookNotices } from "./look-notices.ts";
import type { Message, Notice } from "./message.ts";
import { severityOf } from "./message.ts";
import { findingId, type Progress, progressOf, type Subject, verdictOf } from "./progress.ts";

/**
 * One line of JSON for each notice: a Compliance Finding (2003) for the state of a control, a Detection
 * Finding (2004) for a call against the watcher.
 * https://schema.ocsf.io/1.5.0/classes/compliance_finding
 */
export function jsonLines(message: Message): string {
  const origin = originOf(message);
  return message.notices
    .map((notice) => JSON.stringify(ocsfFinding(message, notice, origin)))
    .join("\n");
}

/** The same for all that one look saw, also for what is right. */
export function ocsfOfLook(look: Look): readonly object[] {
  return lookNotices(look).map((notice) => ocsfFinding(look, notice));
}

/** What is known beyond the finding where it was told in a message. */
interface Origin {
  readonly metadata?: { readonly correlation_uid: string };
  readonly evidences?: object;
}

function originOf(message: Message): Origin {
  return { metadata: { correlation_uid: message.id }, evidences: evidencesOf(message) };
}

const schemaVersion = "1.5.0";

const activities = {
  opened: [1, "Create"],
  updated: [2, "Update"],
  accepted: [2, "Update"],
  closed: [3, "Close"],
} as const satisfies Readonly<Record<Progress, readonly [number, string]>>;

const statuses = {
  opened: [1, "New"],
  updated: [2, "In Progress"],
  accepted: [3, "Suppressed"],
  closed: [4, "Resolved"],
} as const satisfies Readonly<Record<Progress, readonly [number, string]>>;

const severityIds = {
  critical: [5, "Critical"],
  warning: [3, "Medium"],
  info: [1, "Informational"],
} as const;

/** One finding event of the Open Cybersecurity Schema Framework. */
function ocsfFinding(
  subject: Subject,
  notice: Notice,
  { metadata, evidences }: Origin = {},
): object {
  const { on, accountName, at } = subject;
  const isAlarm = notice.kind === "alarm";
  const [classUid, className] = isAlarm
    ? ([2004, "Detection Finding"] as const)
    : ([2003, "Compliance Finding"] as const);
  const [activityId, activity] = activities[progressOf(notice)];
  const [statusId, status] = statuses[progressOf(notice)];
  const [severityId, severity] = severityIds[severityOf({ notices: [notice] })];
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: 2,
    category_name: "Findings",
    class_uid: classUid,
    class_name: className,
    type_uid: classUid * 100 + activityId,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    time: Date.parse(at),
    message: notice.saw,
    metadata: {
      version: schemaVersion,
      product: { name: "Bucket Warden", vendor_name: "Bucket Warden" },
      profiles: ["cloud"],
      ...metadata,
    },
    cloud: {
      provider: "AWS",
      account: { uid: on.account, ...(accountName === undefined ? {} : { name: accountName }) },
      region: on.region,
    },
    finding_info: {
      uid: findingId(subject, notice),
      title: `${notice.control}: ${notice.saw}`,
      desc: notice.did,
    },
    ...(isAlarm ? {} : complianceOf(notice)),
    resources: [
      {
        uid: resourceId(on),
        name: resourceName(on),
        type: on.kind === "bucket" ? "AWS::S3::Bucket" : "AWS::::Account",
        region: on.region,
      },
    ],
    ...remediationOf(notice),
    ...evidences,
  };
}

const verdicts = {
  passed: [1, "Pass"],
  unknown: [2, "Warning"],
  failed: [3, "Fail"],
} as const;

function complianceOf({ control, kind }: Notice): object {
  const [statusId, status] = verdicts[verdictOf(kind)];
  return {
    compliance: { control, standards: ["Bucket Warden baseline"], status, status_id: statusId },
  };
}

function remediationOf({ next, runbook }: Notice): object {
  if (next === "") return {};
  return {
    remediation: { desc: next, ...(runbook === undefined ? {} : { references: [runbook] }) },
  };
}

/** The call behind it, where an event told of one. */
function evidencesOf({ cause }: Message): object {
  if (cause.kind !== "event") return {};
  const { actor, eventName, eventId } = cause;
  const { arn, type, sourceIp } = actor;
  return {
    evidences: [
      {
        actor: { user: { uid: arn, type } },
        api: { operation: eventName, request: { uid: eventId } },
        // CloudTrail puts the name of a service there as well.
        ...(sourceIp === undefined ? {} : { src_endpoint: { name: sourceIp } }),
      },
    ],
  };
}
