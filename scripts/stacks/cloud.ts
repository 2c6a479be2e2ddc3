type Values = Readonly<Record<string, unknown>>;

/** Where the mocked deployment goes. */
export interface Target {
  readonly account: string;
  readonly region: string;
}

/** What AWS would make of a resource: its id, and what it knows about itself afterwards. */
export function madeOf(
  { type, name, inputs }: { readonly type: string; readonly name: string; readonly inputs: Values },
  target: Target,
): { readonly id: string; readonly state: Values } {
  if (!type.startsWith("aws:") && !others.has(type)) throw new Error(`${type} is not known here`);
  const physical = String(inputs["name"] ?? inputs["bucket"] ?? name);
  const state: Record<string, unknown> = { ...inputs, name: physical };
  const bus = inputs["eventBusName"];
  const path = bus === undefined ? physical : `${bus}/${physical}`; // as rules of a bus are named
  const arn = arnOf(type, path, target);
  if (arn !== undefined) state["arn"] = arn;
  const id = idOf(type, physical, target);
  return { id, state: { ...state, ...learnt[type]?.(id) } };
}

/** What a program reads from a resource once it is made, beside id, name and ARN. */
const learnt: Readonly<Record<string, (id: string) => Values>> = {
  "aws:kms/key:Key": (keyId) => ({ keyId }),
  "aws:lambda/function:Function": () => ({ version: "$LATEST" }),
  "aws:lambda/functionUrl:FunctionUrl": () => ({ functionUrl: "https://example.on.aws/" }),
  "aws:sqs/queue:Queue": (url) => ({ url }),
  "random:index/randomBytes:RandomBytes": () => ({
    base64: Buffer.alloc(32).toString("base64"),
    hex: "00".repeat(32),
  }),
};

/** What else SST's components make. */
const others: ReadonlySet<string> = new Set(["random:index/randomBytes:RandomBytes"]);

function idOf(type: string, name: string, { account, region }: Target): string {
  if (type === "aws:sqs/queue:Queue")
    return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  if (type === "aws:kms/key:Key") return keyId;
  return arnOf(type, name, { account, region }) ?? name;
}

const keyId = "0e9b1c1a-7b7e-4a1b-9a51-5d0c1f3a2b4c";

/** Undefined for what has no ARN; a type that is not in the table is a mistake of the table. */
function arnOf(type: string, name: string, { account, region }: Target): string | undefined {
  const kind = type.split("/")[1]?.split(":")[1] ?? type;
  if (withoutArn.has(kind)) return undefined;
  const rest = arns[kind];
  if (rest !== undefined) {
    const [service, resource] = rest(name);
    const place = service === "iam" ? "" : region;
    return `arn:aws:${service}:${place}:${account}:${resource}`;
  }
  if (others.has(type)) return undefined;
  throw new Error(`${type} has no ARN in scripts/stacks/cloud.ts: add it there`);
}

const withoutArn: ReadonlySet<string> = new Set([
  "Alias",
  "BucketObjectv2",
  "Dashboard",
  "EventBusPolicy",
  "EventSourceMapping",
  "EventTarget",
  "FunctionEventInvokeConfig",
  "FunctionUrl",
  "Permission",
  "QueuePolicy",
  "StackInstances",
  "TopicPolicy",
  "TopicSubscription",
]);

const arns: Readonly<Record<string, (name: string) => readonly [string, string]>> = {
  EventBus: (name) => ["events", `event-bus/${name}`],
  EventRule: (name) => ["events", `rule/${name}`],
  Function: (name) => ["lambda", `function:${name}`],
  Key: () => ["kms", `key/${keyId}`],
  LogGroup: (name) => ["logs", `log-group:${name}`],
  MetricAlarm: (name) => ["cloudwatch", `alarm:${name}`],
  Parameter: (name) => ["ssm", `parameter${name}`],
  Queue: (name) => ["sqs", name],
  Role: (name) => ["iam", `role/${name}`],
  Stack: (name) => ["cloudformation", `stack/${name}/0`],
  StackSet: (name) => ["cloudformation", `stackset/${name}:0`],
  Table: (name) => ["dynamodb", `table/${name}`],
  Topic: (name) => ["sns", name],
};

/** What AWS would answer to a question that the program asks while it runs. */
export function answerOf(token: string, inputs: Values, { account, region }: Target): Values {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account, arn: `arn:aws:iam::${account}:role/deployer`, id: account };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" };
    case "aws:index/getRegion:getRegion":
      return { region, name: region, id: region };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { ...inputs, json: "{}", id: "0" };
    default:
      throw new Error(`the program asks AWS ${token}, which is not answered here`);
  }
}
