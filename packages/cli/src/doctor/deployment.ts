import type { Deployed, DeployedFunction } from "@bucket-warden/core/aws";
import { hubFunctions, slackFunctions } from "@bucket-warden/core/iam";
import { parseRegion, type Reading } from "@bucket-warden/core/model";
import type { Ports } from "@bucket-warden/core/reconcile";
import type { Local } from "../local/local.ts";
import type { Line } from "./line.ts";
import { checkRules, type RuleTerms } from "./rules.ts";

export interface DeploymentTerms {
  readonly deployed: Deployed;
  readonly stopSwitch: (parameter: string) => Ports["stopSwitch"];
  readonly local: Local;
  /** What all names begin with. */
  readonly prefix: string;
}

/** What is deployed in this account and Region, and whether it is as it should be. */
export async function checkDeployment(terms: DeploymentTerms): Promise<readonly Line[]> {
  const { deployed, prefix, local } = terms;
  const ofSlack: readonly string[] = slackFunctions;
  const names = hubFunctions.filter((name) => !ofSlack.includes(name));
  const found = await Promise.all(
    names.map(async (name) => ({ name, reading: await deployed.function(`${prefix}-${name}`) })),
  );
  if (found.every(({ reading }) => reading.state === "absent")) {
    const saw = `nothing of ${prefix} in account ${local.caller.account} and Region ${local.caller.region}; plan, apply and --local work without`;
    const alone = { deployed, prefix, regions: [local.caller.region], isHub: false } as const;
    return [{ check: "deployment", status: "ok", saw }, ...(await checkRules(alone))];
  }
  const there = found.flatMap(({ reading }) =>
    reading.state === "present" ? [reading.value] : [],
  );
  return [functions(found, prefix), ...(await partsOf(there, terms))];
}

interface Found {
  readonly name: string;
  readonly reading: Reading<DeployedFunction>;
}

const runtime = "nodejs24.x";

function functions(found: readonly Found[], prefix: string): Line {
  const check = "deployment";
  const unknown = found.find(({ reading }) => reading.state === "unknown");
  if (unknown?.reading.state === "unknown") {
    const saw = `${prefix}-${unknown.name} could not be looked at (${unknown.reading.detail})`;
    return { check, status: "unknown", saw, next: "Have lambda:GetFunctionConfiguration allowed." };
  }
  const absent = found.filter(({ reading }) => reading.state === "absent").map(({ name }) => name);
  if (absent.length > 0) {
    const saw = `${absent.map((name) => `${prefix}-${name}`).join(", ")} is not there, and others are`;
    return { check, status: "fail", saw, next: "Deploy again: docs/deploy.md." };
  }
  const all = found.flatMap(({ reading }) => (reading.state === "present" ? [reading.value] : []));
  const runtimes = [...new Set(all.map((it) => it.runtime ?? "a container"))];
  const last = all
    .map(({ modified }) => modified)
    .toSorted()
    .at(-1);
  const saw = `${all.length} functions with ${runtimes.join(" and ")}, last deployed ${last}`;
  if (runtimes.join() === runtime) return { check, status: "ok", saw };
  return { check, status: "warn", saw, next: `Deploy again: they are made for ${runtime}.` };
}

async function partsOf(
  functions: readonly DeployedFunction[],
  { deployed, stopSwitch, local, prefix }: DeploymentTerms,
): Promise<readonly Line[]> {
  const variables: DeployedFunction["variables"] = Object.assign(
    {},
    ...functions.map((it) => it.variables),
  );
  const { WARDEN_TASK_QUEUE_URL: tasks, WARDEN_LOOK_QUEUE_URL: looks } = variables;
  const { WARDEN_STOP_PARAMETER: parameter } = variables;
  const prints = functions.flatMap((it) => it.variables["WARDEN_BASELINE_PRINT"] ?? []);
  return [
    baselines(new Set(prints), local),
    ...(tasks === undefined ? [] : await queues(tasks, ofTasks, deployed)),
    ...(looks === undefined ? [] : await queues(looks, ofLooks, deployed)),
    ...(parameter === undefined ? [] : [await stop(parameter, stopSwitch(parameter))]),
    ...(await checkRules({ deployed, prefix, regions: regionsIn(variables, local), isHub: true })),
  ];
}

/** Those that are guarded, the home Region first. */
function regionsIn(
  { WARDEN_REGIONS: text = "" }: DeployedFunction["variables"],
  { caller }: Local,
): RuleTerms["regions"] {
  const others = text.split(",").filter((code) => code !== "" && code !== caller.region);
  return [caller.region, ...others.map((code) => parseRegion(code, "WARDEN_REGIONS"))];
}

/** A deployed function says only the fingerprint of its baseline, which is too large to say itself. */
function baselines(prints: ReadonlySet<string>, { baseline }: Local): Line {
  const check = "deployed baseline";
  const deploy = "Deploy the baseline that is meant, with all functions at once.";
  if (prints.size === 0) {
    const saw = "the functions do not say which one they have";
    return { check, status: "unknown", saw, next: "Deploy again with this version." };
  }
  if (prints.size > 1) {
    return { check, status: "fail", saw: "the functions have several", next: deploy };
  }
  if (prints.has(baseline.print)) return { check, status: "ok", saw: `it is ${baseline.file}` };
  return { check, status: "warn", saw: `it is another one than ${baseline.file}`, next: deploy };
}

/** How a queue and the one of its dead letters are named, and what is in it. */
interface Queued {
  readonly check: string;
  readonly dead: string;
  readonly what: string;
}

const ofTasks: Queued = { check: "queue", dead: "dead letters", what: "tasks" };
const ofLooks: Queued = { check: "looks", dead: "dead looks", what: "orders to look" };

async function queues(
  url: string,
  { check, dead, what }: Queued,
  { queueAt, queueNamed }: Deployed,
): Promise<readonly Line[]> {
  const queue = await queueAt(url);
  if (queue.state !== "present") return [unseen(check, queue)];
  const { waiting, deadLetters } = queue.value;
  const line: Line = { check, status: "ok", saw: `${what} that wait: ${waiting}` };
  const name = deadLetters?.split(":").at(-1);
  if (name === undefined) {
    const saw = `the queue of the ${what} keeps nothing that could not be worked off`;
    return [line, { check: dead, status: "fail", saw, next: "Deploy again." }];
  }
  const kept = await queueNamed(name);
  if (kept.state !== "present") return [line, unseen(dead, kept)];
  const saw = `${what} that could not be worked off: ${kept.value.waiting}`;
  if (kept.value.waiting === 0) return [line, { check: dead, status: "ok", saw }];
  const next = "See docs/runbook.md, and redrive them.";
  return [line, { check: dead, status: "fail", saw, next }];
}

function unseen(check: string, reading: Exclude<Reading<unknown>, { state: "present" }>): Line {
  if (reading.state === "absent") {
    return { check, status: "fail", saw: "there is no such queue", next: "Deploy again." };
  }
  const next = "Have sqs:GetQueueAttributes and sqs:GetQueueUrl allowed.";
  return { check, status: "unknown", saw: `it could not be read (${reading.detail})`, next };
}

async function stop(parameter: string, { read }: Ports["stopSwitch"]): Promise<Line> {
  const check = "stop switch";
  const reading = await read();
  switch (reading.state) {
    case "absent":
      return { check, status: "ok", saw: "off" };
    case "present": {
      const next = `Set the parameter ${parameter} to off once that is over.`;
      return { check, status: "warn", saw: `all writing is stopped: ${reading.value.why}`, next };
    }
    case "unknown":
      return {
        check,
        status: "unknown",
        saw: `it could not be read (${reading.detail})`,
        next: "Have ssm:GetParameter allowed.",
      };
  }
}
