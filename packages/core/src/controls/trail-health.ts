import type { Region } from "../model/ref.ts";
import type { Selector, Trail } from "../model/trails.ts";
import { type Context, defineControl } from "./control.ts";

/** One trail that logs takes every management call that writes: without it nothing is heard. */
export const trailHealth = defineControl({
  id: "trail-health",
  target: "region",
  reads: ["trails"],

  evaluate({ trails }, context) {
    const { on } = context;
    if (trails.state === "absent") {
      return {
        kind: "drift",
        summary: `there is no trail, so ${deaf}`,
        detail: {},
        hold: report(
          `aws cloudtrail create-trail --name management-events --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation --region ${on.region}, then aws cloudtrail start-logging --name management-events --region ${on.region}`,
        ),
      };
    }
    const judged = trails.value.map((trail) => judge(trail, context));
    const sound = judged.find(({ faults, doubts }) => faults.length + doubts.length === 0);
    if (sound !== undefined) return { kind: "compliant", evidence: evidenceOf(sound) };
    const doubtful = judged.find(({ faults }) => faults.length === 0);
    if (doubtful !== undefined) return { kind: "undecided", why: whyInDoubt(doubtful) };
    const [best] = judged.toSorted((one, other) => one.faults.length - other.faults.length);
    const [fault] = best?.faults ?? [];
    return {
      kind: "drift",
      summary: judged.map(({ name, faults }) => `${name} ${sentence(faults)}`).join("; "),
      detail: {},
      ...(fault === undefined ? {} : { hold: report(fault.command) }),
    };
  },

  remediation: {
    mode: "report-only",
    why: "a trail belongs to whoever answers for the evidence of the whole account or organization",
  },

  docs: {
    title: "A trail records every call that changes something",
    rationale:
      "EventBridge hears only of calls that a trail records. Without one, changes of buckets are found by the sweep alone, hours later and without a name.",
    breaks: "Nothing is written. A further trail of management events costs money.",
    stops: [
      "Status or selectors of the trail of an organization are denied to a member: undecided.",
    ],
  },
  references: { "security-hub": ["CloudTrail.1", "CloudTrail.2", "CloudTrail.4"] },
});

const deaf = "no event reaches Bucket Warden and the sweep is all there is";

function report(command: string) {
  const why = "a trail belongs to whoever answers for the evidence of the account or organization";
  return { mode: "report-only", why, command } as const;
}

interface Fault {
  /** What the trail does wrong, as the rest of a sentence that begins with its name. */
  readonly says: string;
  readonly command: string;
}

interface Judged {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** What could not be read. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

function judge(trail: Trail, { on, own }: Context<"trail-health", "region">): Judged {
  const weak = weaknesses(trail, on.region);
  const isWanted = (it: Weakness) => it.required === "always" || own.require.includes(it.required);
  const unread = (["status", "selectors"] as const).flatMap((part) => {
    const reading = trail[part];
    return reading.state === "unknown" ? [`its ${words[part]} (${reading.detail})`] : [];
  });
  return {
    name: `${trail.isOrganization ? "organization trail" : "trail"} ${trail.name}`,
    faults: weak.filter(isWanted),
    doubts: unread,
    notes: [
      ...weak.filter((it) => !isWanted(it)).map(({ says }) => says),
      ...(trail.isMultiRegion ? [] : ["covers this Region only"]),
    ],
  };
}

const words = { status: "status", selectors: "event selectors" } as const;

interface Weakness extends Fault {
  /** The setting of the baseline that makes it a fault. */
  readonly required: "always" | "log-file-validation" | "kms-encryption";
}

function weaknesses(trail: Trail, region: Region): readonly Weakness[] {
  const at = `--name ${trail.arn} --region ${trail.homeRegion}`;
  const found: Weakness[] = [];
  const add = (says: string, command: string, required: Weakness["required"] = "always") =>
    found.push({ says, command: `aws cloudtrail ${command}`, required });

  const status = trail.status.state === "present" ? trail.status.value : undefined;
  if (status?.isLogging === false) add("is stopped", `start-logging ${at}`);
  const gap = trail.selectors.state === "present" ? gapOf(trail.selectors.value) : undefined;
  if (gap !== undefined) {
    add(
      gap,
      `put-event-selectors --trail-name ${trail.arn} --region ${trail.homeRegion} --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true}]' (data event selectors have to be added again)`,
    );
  }
  if (status?.deliveryError !== undefined) {
    add(
      `cannot deliver its log files (${status.deliveryError})`,
      `get-trail-status ${at}, and correct the policy of its bucket`,
    );
  }
  if (globalRegions.includes(region) && !trail.recordsGlobalServices) {
    add(
      "leaves out IAM and the other global services",
      `update-trail ${at} --include-global-service-events`,
    );
  }
  if (!trail.validatesLogFiles) {
    const command = `update-trail ${at} --enable-log-file-validation`;
    add("does not validate its log files", command, "log-file-validation");
  }
  if (!trail.isEncrypted) {
    const command = `update-trail ${at} --kms-key-id <key>`;
    add("does not encrypt with a KMS key", command, "kms-encryption");
  }
  return found;
}

/** Where the calls of global services are recorded, one for each partition. */
const globalRegions: readonly string[] = ["us-east-1", "cn-north-1", "us-gov-west-1"];

/** A trail may leave out the calls of these; nothing of ours listens to the Data API of RDS. */
const harmlessToLeaveOut = ["rdsdata.amazonaws.com"];

/** What management writes the selectors leave out; undefined when nothing. */
function gapOf(selectors: readonly Selector[]): string | undefined {
  const management = selectors.filter((it) => it.management);
  if (management.length === 0) return "records no management events";
  const writing = management.filter(({ access }) => access !== "reads");
  if (writing.length === 0) return "records reads only";
  const wide = writing.filter(({ narrowedBy }) => narrowedBy.length === 0);
  const [narrow] = writing;
  if (wide.length === 0) return `records only some calls, by ${narrow?.narrowedBy.join(", ")}`;
  const excludes = wide.map((it) =>
    it.excludes.filter((name) => !harmlessToLeaveOut.includes(name)),
  );
  const [least] = excludes.toSorted((one, other) => one.length - other.length);
  return least === undefined || least.length === 0 ? undefined : `leaves out ${least.join(", ")}`;
}

function sentence(faults: readonly Fault[]): string {
  return faults.map(({ says }) => says).join(" and ");
}

function evidenceOf({ name, notes }: Judged): string {
  const also = notes.length === 0 ? "" : `; it ${notes.join(", and ")}`;
  return `${name} records every management call that writes${also}`;
}

function whyInDoubt({ name, doubts }: Judged): string {
  return `${name} could not be judged, because ${doubts.join(" and ")} could not be read`;
}
