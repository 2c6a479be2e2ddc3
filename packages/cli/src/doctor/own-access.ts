import { randomUUID } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import { parseManual } from "@bucket-warden/core/event";
import {
  type BucketRef,
  type Facet,
  type Reading,
  type ResourceRef,
  resourceName,
  type Task,
} from "@bucket-warden/core/model";
import { callsToRead } from "@bucket-warden/core/permissions";
import type { Local } from "../local/local.ts";
import type { Line } from "./line.ts";

/** What was asked of AWS on the way, and what came of it. */
export interface Asked {
  readonly facet: Facet;
  readonly on: ResourceRef;
  readonly reading: Reading<unknown>;
}

export interface Access {
  readonly local: Local;
  /** Grows while things are read. */
  readonly asked: readonly Asked[];
}

/** What the caller may see of the account: the list, every reading that controls need, each Region. */
export async function checkAccess(
  { local, asked }: Access,
  wanted: string | undefined,
): Promise<readonly Line[]> {
  const tasks = await tasksOf(local);
  const buckets = tasks.flatMap(({ ref }) => (ref.kind === "bucket" ? [ref] : []));
  const sample = buckets.find(({ name }) => name === wanted) ?? buckets[0];
  const looked = tasks.filter(({ ref }) => ref.kind !== "bucket" || ref === sample);
  const entries = await Promise.all(looked.map((task) => local.workOff(task)));
  const findings = entries.flatMap((entry) => entry.findings);
  return [
    listing(buckets, local),
    ...permissions(asked, sample),
    ...(await regions(buckets, local)),
    trail(findings.find(({ control }) => control === "trail-health")),
  ];
}

function tasksOf({ caller, tasksOf: resolved }: Local): Promise<readonly Task[]> {
  const request = { mode: "plan", reason: "warden doctor", requestedBy: "warden doctor" };
  const defaults = { id: randomUUID(), ...caller, knownControls: controls };
  return resolved(parseManual(request, defaults));
}

function listing(buckets: readonly BucketRef[], { caller }: Local): Line {
  const regionsOf = new Set(buckets.map(({ region }) => region));
  const saw = `${counted(buckets.length, "bucket")} in ${counted(regionsOf.size, "Region")} of account ${caller.account}`;
  return { check: "buckets", status: "ok", saw };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Every IAM action that is missing for a look, as far as AWS names it. */
function permissions(asked: readonly Asked[], sample: BucketRef | undefined): readonly Line[] {
  const unknown = asked.flatMap(({ facet, on, reading }) =>
    reading.state === "unknown" ? [{ facet, on, reading }] : [],
  );
  const denied = unknown.filter(({ reading }) => reading.reason === "denied");
  const others = unknown.filter(({ reading }) => reading.reason !== "denied");
  const missing = Map.groupBy(denied, ({ facet, reading }) => actionsFor(facet, reading.detail));
  const where = sample === undefined ? "no bucket, since there is none" : `bucket ${sample.name}`;
  if (unknown.length === 0) {
    const saw = `${asked.length} readings of ${where}, the Region and the account were allowed`;
    return [{ check: "permissions", status: "ok", saw }];
  }
  return [
    ...[...missing].map(([actions, all]): Line => {
      const facets = all.map(({ facet, on }) => `${facet} of ${resourceName(on)}`);
      const saw = `${actions} is denied, so these are unread: ${[...new Set(facets)].join(", ")}`;
      const next = `Have ${actions} allowed to whoever asks; docs/permissions.md has all that is needed.`;
      return { check: "permissions", status: "fail", saw, next };
    }),
    ...others.map(
      ({ facet, on, reading }): Line => ({
        check: "permissions",
        status: "unknown",
        saw: `${facet} of ${resourceName(on)} could not be read (${reading.detail})`,
        next: "Ask again; where it stays, look at --verbose.",
      }),
    ),
  ];
}

/** S3 itself often does not name the action, so that only those of the reading are known. */
function actionsFor(facet: Facet, detail: string): string {
  const named = /not authorized to perform:? ([\w-]+:\w+)/.exec(detail)?.[1];
  if (named !== undefined) return named;
  const actions = [...new Set(callsToRead(facet).map(({ action }) => action))];
  return actions.length === 1 ? actions.join() : `one of ${actions.join(", ")}`;
}

/** One bucket in each Region is asked something small: policies of the organization may close Regions. */
async function regions(buckets: readonly BucketRef[], { reader }: Local): Promise<readonly Line[]> {
  const samples = [...Map.groupBy(buckets, ({ region }) => region).values()].flatMap(
    ([first]) => first ?? [],
  );
  const answers = await Promise.all(
    samples.map(async (on) => ({ on, reading: await reader.read("versioning", on, {}) })),
  );
  const open = answers.filter(({ reading }) => reading.state !== "unknown");
  const lines = answers.flatMap(({ on, reading }): readonly Line[] =>
    reading.state === "unknown"
      ? [
          {
            check: "Regions",
            status: reading.reason === "denied" ? "fail" : "unknown",
            saw: `${on.region} does not answer for ${on.name} (${reading.detail})`,
            next: "Look at the service control policies of the organization, and whether the Region is opted in.",
          },
        ]
      : [],
  );
  const saw = `${open.map(({ on }) => on.region).join(", ")} ${open.length === 1 ? "answers" : "answer"}`;
  return open.length === 0 ? lines : [{ check: "Regions", status: "ok", saw }, ...lines];
}

type Found = Awaited<ReturnType<Local["workOff"]>>["findings"][number];

function trail(finding: Found | undefined): Line {
  const check = "trail";
  if (finding === undefined) {
    return { check, status: "ok", saw: "trail-health is off in the baseline" };
  }
  const { assessment } = finding;
  switch (assessment.kind) {
    case "compliant":
      return { check, status: "ok", saw: assessment.evidence };
    case "drift":
      return {
        check,
        status: "fail",
        saw: assessment.summary,
        next: "Have a trail record every call that changes something: docs/controls/trail-health.md.",
      };
    case "waived":
      return {
        check,
        status: "warn",
        saw: `${assessment.summary} (waived until ${assessment.until})`,
      };
    case "unread": {
      const facets = assessment.facets.map(({ facet, detail }) => `${facet} (${detail})`);
      return { check, status: "unknown", saw: `could not be read: ${facets.join(", ")}` };
    }
    case "not-applicable":
    case "undecided":
      return { check, status: "unknown", saw: assessment.why };
  }
}
