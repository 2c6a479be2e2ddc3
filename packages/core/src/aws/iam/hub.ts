import type { Access } from "./access.ts";
import { type IamPolicy, type IamStatement, policyOf } from "./document.ts";

/** The functions of the hub that are there today, and those that tell people. */
export type HubFunction = keyof typeof duties;

/** The ARNs of what stands in the hub, and the names of what stands in each account. */
export interface HubPlace {
  readonly partition: string;
  /** The account of the hub. */
  readonly account: string;
  readonly region: string;
  /** Missing where the hub guards its own account alone. */
  readonly organization?: string;
  readonly taskQueue: string;
  readonly lookQueue: string;
  readonly ledgerTable: string;
  readonly topic: string;
  /** Where Lambda puts events that an asynchronous function could not take. */
  readonly undelivered?: string;
  readonly stopParameter?: string;
  /** Parameters that hold what opens Slack. */
  readonly slackSecrets?: readonly string[];
  /** The function that sweeps, which goes on by itself where it has too little time. */
  readonly sweep?: string;
  /** The function that carries out what is pushed in Slack. */
  readonly slackWork?: string;
  /** The names of the member roles. */
  readonly readerRole: string;
  readonly remediationRole: string;
  /** Customer managed keys of queue, table, topic and parameter. */
  readonly keys: readonly string[];
}

/** One thing that a function does in the hub. */
type Duty =
  | "queue-tasks"
  | "keep-undelivered"
  | "work-off-tasks"
  | "queue-looks"
  | "work-off-looks"
  | "read-ledger"
  | "keep-ledger"
  | "keep-sweeps"
  | "keep-waivers"
  | "keep-slack"
  | "speak-in-slack"
  | "start-slack-work"
  | "go-on-sweeping"
  | "keep-outbox"
  | "read-standing"
  | "tell-people"
  | "heed-stop-switch"
  | "read-members"
  | "repair-members"
  | "ask-for-units"
  | "name-accounts";

const duties = {
  intake: ["queue-tasks", "keep-undelivered", "read-members"],
  sweep: [
    "queue-looks",
    "queue-tasks",
    "keep-undelivered",
    "keep-sweeps",
    "read-members",
    "go-on-sweeping",
    "ask-for-units",
  ],
  look: [
    "work-off-looks",
    "queue-looks",
    "queue-tasks",
    "read-ledger",
    "keep-sweeps",
    "read-members",
    "ask-for-units",
  ],
  invoke: ["queue-tasks", "read-ledger", "keep-waivers", "read-members", "ask-for-units"],
  history: ["read-ledger"],
  "notify-slack": ["keep-undelivered", "keep-slack", "speak-in-slack"],
  "slack-action": ["read-ledger", "keep-slack", "speak-in-slack", "start-slack-work"],
  "slack-work": [
    "queue-tasks",
    "keep-undelivered",
    "read-ledger",
    "keep-waivers",
    "keep-slack",
    "speak-in-slack",
    "read-members",
    "ask-for-units",
  ],
  deliver: [
    "keep-undelivered",
    "keep-outbox",
    "tell-people",
    "read-members",
    "ask-for-units",
    "name-accounts",
  ],
  digest: ["keep-undelivered", "read-standing", "tell-people"],
  remediate: [
    "queue-tasks",
    "work-off-tasks",
    "read-ledger",
    "keep-ledger",
    "tell-people",
    "heed-stop-switch",
    "repair-members",
    "ask-for-units",
    "name-accounts",
  ],
} as const satisfies Readonly<Record<string, readonly Duty[]>>;

/** Those that are there where people are told in Slack. */
export const slackFunctions = ["notify-slack", "slack-action", "slack-work"] as const;

/** Every function that has a role of its own. */
// The keys are those of the table.
export const hubFunctions = Object.keys(duties) as readonly HubFunction[];

/** What the role of a function may do, beside writing its own log. */
export function hubPolicy(name: HubFunction, at: HubPlace, access: Access): IamPolicy {
  const own: readonly Duty[] = duties[name];
  return policyOf([
    ...own.flatMap((duty) => statementFor(duty, at, access)),
    ...(at.keys.length === 0 ? [] : [useOfKeys(at)]),
  ]);
}

/** The functions that may take on a member role; its trust policy names no others. */
export function callersOf(role: "reader" | "remediation"): readonly HubFunction[] {
  const duty: Duty = role === "reader" ? "read-members" : "repair-members";
  return hubFunctions.filter((name) => (duties[name] as readonly Duty[]).includes(duty));
}

function statementFor(duty: Duty, at: HubPlace, access: Access): readonly IamStatement[] {
  switch (duty) {
    case "queue-tasks":
      return [allow("QueueTasks", ["sqs:SendMessage"], at.taskQueue)];
    case "keep-undelivered":
      if (at.undelivered === undefined) return [];
      return [allow("KeepUndelivered", ["sqs:SendMessage"], at.undelivered)];
    case "work-off-tasks":
      return [allow("WorkOffTasks", consume, at.taskQueue)];
    case "queue-looks":
      return [allow("QueueLooks", ["sqs:SendMessage"], at.lookQueue)];
    case "work-off-looks":
      return [allow("WorkOffLooks", consume, at.lookQueue)];
    case "read-ledger":
      return [allow("ReadLedger", reads, at.ledgerTable)];
    case "keep-ledger":
      return [allow("KeepLedger", [put], at.ledgerTable), items("Count", [update], counted, at)];
    case "keep-sweeps":
      return [items("KeepSweeps", [...reads, put, update], counted, at)];
    case "keep-waivers":
      return [items("KeepWaivers", [put], resources, at)];
    case "keep-slack":
      return [items("KeepSlack", [...reads, put], ["slack-*"], at)];
    case "speak-in-slack":
      return (at.slackSecrets ?? []).map((secret, index) =>
        allow(`SpeakInSlack${index + 1}`, ["ssm:GetParameter"], secret),
      );
    case "start-slack-work":
      if (at.slackWork === undefined) return [];
      return [allow("StartSlackWork", ["lambda:InvokeFunction"], at.slackWork)];
    case "go-on-sweeping":
      if (at.sweep === undefined) return [];
      return [allow("GoOnSweeping", ["lambda:InvokeFunction"], at.sweep)];
    case "keep-outbox":
      return [items("KeepOutbox", [...reads, put], ["outbox*"], at)];
    case "read-standing":
      return [items("ReadStanding", reads, ["outbox*", "standing"], at)];
    case "tell-people":
      return [allow("TellPeople", ["sns:Publish"], at.topic, ...access.topics)];
    case "heed-stop-switch":
      if (at.stopParameter === undefined) return [];
      return [allow("HeedStopSwitch", ["ssm:GetParameter"], at.stopParameter)];
    case "read-members":
      return [takeOn("ReadMembers", at.readerRole, at)];
    case "repair-members":
      return [takeOn("RepairMembers", at.remediationRole, at)];
    case "ask-for-units":
      return askForUnits(at, access);
    case "name-accounts":
      return nameAccounts(at);
  }
}

function allow(
  sid: string,
  actions: readonly string[],
  ...resources: readonly string[]
): IamStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}

const consume = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
];
const reads = ["dynamodb:GetItem", "dynamodb:Query"];
const put = "dynamodb:PutItem";
const update = "dynamodb:UpdateItem";

/** The partitions of the ledger in which something is counted, and those of what is guarded. */
const counted = ["account#*", "sweep#*"];
const resources = ["account#*", "bucket#*", "region#*"];

/**
 * Allows calls on some partitions of the ledger. An update may let a record expire at once, so that it
 * is allowed where something is counted and nowhere else.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function items(
  sid: string,
  actions: readonly string[],
  partitions: readonly string[],
  { ledgerTable }: HubPlace,
): IamStatement {
  const Condition = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitions } };
  return { ...allow(sid, actions, ledgerTable), Condition };
}

/** `IfExists`: the role's trust policy decides, and the key tells of a role in no organization nothing. */
function takeOn(sid: string, role: string, at: HubPlace): IamStatement {
  const { partition, account, organization } = at;
  const owner = organization === undefined ? account : "*";
  const statement = allow(sid, ["sts:AssumeRole"], `arn:${partition}:iam::${owner}:role/${role}`);
  if (organization === undefined) return statement;
  const Condition = { StringEqualsIfExists: { "aws:ResourceOrgID": [organization] } };
  return { ...statement, Condition };
}

/** Only the management account and delegated administrators get an answer. */
function askForUnits(
  { partition, organization }: HubPlace,
  { reads }: Access,
): readonly IamStatement[] {
  if (organization === undefined || !reads.includes("organizationalUnits")) return [];
  const below = `arn:${partition}:organizations::*`;
  return [
    {
      Sid: "AskForUnits",
      Effect: "Allow",
      Action: ["organizations:ListParents"],
      Resource: [`${below}:account/${organization}/*`, `${below}:ou/${organization}/ou-*`],
    },
  ];
}

/** As above; messages do without names. */
function nameAccounts({ partition, organization }: HubPlace): readonly IamStatement[] {
  if (organization === undefined) return [];
  const accounts = `arn:${partition}:organizations::*:account/${organization}/*`;
  return [allow("NameAccounts", ["organizations:DescribeAccount"], accounts)];
}

/** Keys are used for the function by the services that hold what they encrypt. */
function useOfKeys({ region, keys }: HubPlace): IamStatement {
  const services = ["dynamodb", "sns", "sqs", "ssm"];
  const via = services.map((service) => `${service}.${region}.*`);
  return {
    Sid: "UseKeys",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: keys,
    // What follows the Region is another in each partition.
    Condition: { StringLike: { "kms:ViaService": via } },
  };
}
