import { resourceId, resourceName } from "../model/ref.ts";
import type { Message, Notice } from "./message.ts";
import { severityOf } from "./message.ts";
import { findingId, type Progress, progressOf, verdictOf } from "./progress.ts";

/**
 * One line of JSON for each notice: a Compliance Finding (2003) for the state of a control, a Detection
 * Finding (2004) for a call against the watcher.
 * https://schema.ocsf.io/1.5.0/classes/compliance_finding
 */
export function jsonLines(message: Message): string {
  return message.notices.map((notice) => JSON.stringify(ocsfFinding(message, notice))).join("\n");
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
function ocsfFinding(message: Message, notice: Notice): object {
  const { on, accountName, at } = message;
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
      correlation_uid: message.id,
    },
    cloud: {
      provider: "AWS",
      account: { uid: on.account, ...(accountName === undefined ? {} : { name: accountName }) },
      region: on.region,
    },
    finding_info: {
      uid: findingId(message, notice),
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
    ...evidencesOf(message),
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
