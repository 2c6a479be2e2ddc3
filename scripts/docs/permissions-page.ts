import {
  type Access,
  accessUnder,
  callersOf,
  type HubPlace,
  hubFunctions,
  hubPolicy,
  type IamStatement,
  policiesOf,
  readStatements,
  writeStatements,
} from "../../packages/core/src/aws/iam/index.ts";
import { memberRoles } from "../../packages/core/src/aws/member/index.ts";
import { parseBaseline } from "../../packages/core/src/baseline/index.ts";
import { controls } from "../../packages/core/src/controls/index.ts";
import { bullets, code, codes, table } from "./markdown.ts";

/** What every role may do under a baseline that repairs all that can be repaired. */
export function permissionsPage(): string {
  const names = memberRoles("bucket-warden");
  const read = readStatements(most, member);
  const write = writeStatements(most, member);
  const parts = [
    ["<!-- Made by `npm run docs` from the code of the roles. Change it there. -->"],
    ["# Permissions"],
    [introduction],
    ["## Roles", "", ...roleTable(names)],
    [trust],
    ["## What a member account lets the hub read", "", readingIntroduction],
    table(["Statement", "Actions", "On", "Only where"], read.map(rowOf)),
    ["## What it lets the hub write", "", writingIntroduction],
    table(["Statement", "Actions", "On", "Only where"], write.map(rowOf)),
    [writingLimits],
    ["## What no role can do", "", neverIntroduction, "", ...bullets(never)],
    ["## What the functions may do in the hub", "", hubIntroduction],
    table(["Function", "Statement", "Actions", "On", "Only where"], hubRows()),
    ["## Size", "", sizes([...read, ...write])],
    ["## In an organization", "", ...bullets(inOrganization)],
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const introduction = `Every policy is made from what the controls that the baseline switches on read and write. A control that is off
everywhere adds nothing, and where nothing is repaired (\`alert\` everywhere) no role gets an action that writes: also a
request by hand then ends as *blocked*. This page shows **the most** that any baseline leads to: everything repaired, log
files read, undo allowed to delete policies. \`npm run member-template\` prints what your baseline leads to.`;

const trust = `The member roles trust the account of the hub where the caller is one of those functions
(\`aws:PrincipalArn\`), says the external id, and is of your organization. IAM could trust the roles of the hub by name as
well; such a trust follows the id of the role, so that a role that is made anew would be locked out of every account. The
forwarder trusts EventBridge for rules of its own account and Region whose names begin like ours. A permissions boundary of
yours bounds all three (parameter \`PermissionsBoundary\`).`;

const readingIntroduction = `Settings, names and numbers; no object but log files, and these only with \`limits.readAccessLogs\` and in buckets that
\`access-logging.target\` names. With \`notifications.securityHub\` both roles also report findings as the account's own.
\`*\` stands where IAM knows no resource of an action.`;

const writingIntroduction =
  "One statement for buckets, one for the account, and nothing else. Only the remediation role has it.";

const writingLimits = `\`s3:PutBucketPolicy\` is the power to write any policy on a bucket of the account: IAM has no condition for what is
in it. What holds it is the code: a plan changes only statements of ours, is proved before and after, and its before-image
is kept. \`s3:DeleteBucketPolicy\` is there only with \`removesPolicies\` in \`stacks/stages.ts\`: an undo needs it where there was no policy before
(a policy cannot be empty). Without it that one undo ends as *blocked*, with the command for a person.`;

const neverIntroduction = `Proved by the prover that judges your bucket policies, for every request that there can be, actions that S3 does not
have yet among them (\`test/roles/reach.test.ts\`). A planted \`s3:*\`, a write on \`*\` or a lost condition fails that test.
The path tests run under these very policies: what is not allowed is denied there as well (\`test/path/rehearsal.ts\`).`;

const never = [
  "Read, write, delete, copy, lock or unlock an object, or change an ACL of one. Reading log files is the one exception.",
  "Delete a bucket; expire its objects (lifecycle); replicate it, publish it, or open another way into it.",
  "Do anything to a bucket of another account, also where that account lets it in.",
  "Touch a role or a policy of IAM, its own among them; take on another role.",
  "Use a key, or change or delete one; look at keys of other organizations that the baseline does not name.",
  "Stop or narrow a trail; abort or empty a vault.",
  "Delete a record of the ledger, change the table, throw the stop switch, purge the queue (functions of the hub).",
  "Take on a member role without the external id, from another account or organization, or with any role but the one of the function (anybody).",
];

const hubIntroduction = `Beside this each function writes its own log, and nothing else. None touches S3 itself, not even in the account of the
hub: there it takes on the member roles like everywhere. An update could let a record expire at once, so that only counters
are updated. A record that changes is written anew as a whole (\`PutItem\`), and could be spoilt that way by a function that
runs other code: keep point-in-time recovery on.`;

const inOrganization = [
  "A service-managed StackSet reaches every account of the units, new ones too, but **never the management account**, even when it is in the root. Deploy the same template there as a plain stack in each Region (`npm run member-template`, then `aws cloudformation deploy --capabilities CAPABILITY_NAMED_IAM`); without it that account is not watched, and calls of Organizations are recorded in no other.",
  "Deploy from a delegated administrator, not from the management account: `aws cloudformation activate-organizations-access`, then `aws organizations register-delegated-administrator --account-id <hub> --service-principal member.org.stacksets.cloudformation.amazonaws.com`, both in the management account.",
  "Scopes by organizational unit let `invoke` and `remediate` ask `organizations:ListParents`, which only the management account and delegated administrators are answered.",
  "The rules have to stand in the Region of the global services (us-east-1 in the partition `aws`): calls of IAM, STS and Organizations are recorded only there.",
  "A service control policy or a boundary that denies one of these actions makes the reading *unread* or the repair *blocked*, by name; nothing is written on a guess.",
];

const member = {
  partition: "<partition>",
  account: "<account>",
  organization: "<organization>",
};

const hub: HubPlace = {
  partition: "<partition>",
  account: "<hub>",
  region: "<region>",
  organization: "<organization>",
  taskQueue: "the task queue",
  lookQueue: "the queue of looks",
  ledgerTable: "the ledger",
  topic: "the topic",
  undelivered: "the queue of undelivered events",
  stopParameter: "the stop parameter",
  slackSecrets: ["the secrets of Slack"],
  sweep: "bucket-warden-sweep",
  slackWork: "bucket-warden-slack-work",
  readerRole: memberRoles("bucket-warden").reader,
  remediationRole: memberRoles("bucket-warden").remediation,
  keys: ["the keys of these"],
};

const most: Access = accessUnder(
  parseBaseline(
    {
      ...Object.fromEntries(
        controls.map(({ id, writes }) => [id, { mode: writes.length > 0 ? "remediate" : "alert" }]),
      ),
      "access-logging": { mode: "remediate", target: "logs-{account}-{region}" },
      "default-encryption": {
        mode: "remediate",
        key: "arn:{partition}:kms:{region}:{account}:alias/logs",
      },
      limits: { readAccessLogs: true },
      notifications: { securityHub: true },
      scopes: [{ name: "unit", match: { organizationalUnits: ["r-root"] }, settings: {} }],
    },
    "the page of permissions",
  ),
  controls,
  { removesPolicies: true },
);

function roleTable({ reader, remediation }: ReturnType<typeof memberRoles>): readonly string[] {
  const inHub = (name: string) => code(`bucket-warden-${name}`);
  return table(
    ["Role", "Stands in", "Taken on by", "For"],
    [
      [
        code(reader),
        "each account, once",
        callersOf("reader").map(inHub).join(", "),
        "looking: fan-out, sweeps, plans by hand",
      ],
      [
        code(remediation),
        "each account, once",
        callersOf("remediation").map(inHub).join(", "),
        "looking, repairing and undoing",
      ],
      [
        code("bucket-warden-forwarder-<region>"),
        "each account and Region",
        "EventBridge, for our rules there",
        "`events:PutEvents` on the bus of the hub",
      ],
      ...hubFunctions.map((name) => [inHub(name), "the hub", "Lambda", "see below"]),
    ],
  );
}

function rowOf({ Sid, Action, Resource, Condition = {} }: IamStatement): readonly string[] {
  const where = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => code(`${operator} ${key} ${values.join(" or ")}`)),
  );
  return [Sid, codes(Action), Resource.map(code).join(", "), where.join(" and ")];
}

function hubRows(): readonly (readonly string[])[] {
  return hubFunctions.flatMap((name) =>
    hubPolicy(name, hub, most).Statement.map((statement, place) => [
      place === 0 ? code(name) : "",
      ...rowOf(statement),
    ]),
  );
}

function sizes(statements: readonly IamStatement[]): string {
  const count = policiesOf(statements).length;
  return `A managed policy of IAM holds 6,144 characters and a role ten policies. All of the above takes ${count}; more statements
are split by themselves.`;
}
