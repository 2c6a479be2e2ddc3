import type { Call } from "../call.ts";
import { placeOf } from "../glacier/place.ts";
import { functionIn } from "../lambda/service.ts";
import { type Input, listIn, membersIn, optionalText } from "../wire/input.ts";
import type { World } from "../world.ts";
import type { AccessRequest } from "./access.ts";

/** The organization of the accounts that are in one. */
const organization = "o-sandboxorg01";

export function organizationOf(world: World, account: string): string | undefined {
  return world.organizationParents.has(account) ? organization : undefined;
}

type Asks = (call: Call, world: World, input: Input) => AccessRequest | undefined;

/** What IAM is asked by the services that speak JSON, a form, or paths of their own. */
export const otherRequests: { readonly [S in OtherService]: Asks } = {
  sts: (call, world, input) => {
    if (call.operation !== "AssumeRole") return undefined; // GetCallerIdentity needs no permission
    return { action: "sts:AssumeRole", ...roleIn(world, input) };
  },
  kms: (call, world, input) => {
    const id = optionalText(input, "KeyId");
    if (id === undefined) return asks(call, "*");
    const arn = keyArnOf(call, world, id);
    return arn === undefined
      ? undefined
      : { ...asks(call, arn), context: inOrganization(world, arn.split(":")[4] ?? "") };
  },
  cloudtrail: (call, world, input) => {
    const name = optionalText(input, "Name") ?? optionalText(input, "TrailName");
    if (name === undefined) return asks(call, "*");
    const trail = [...world.trails.values()].find((it) => it.arn === name || it.name === name);
    return trail === undefined ? undefined : asks(call, trail.arn);
  },
  glacier: (call) => {
    const { vault } = placeOf(call);
    const here = `arn:aws:glacier:${call.region}:${call.principal.account}`;
    return asks(call, vault === undefined ? "*" : `${here}:vaults/${vault}`);
  },
  securityhub: (call) => {
    const { account } = call.principal;
    const product = `product/${account}/default`;
    return asks(call, `arn:aws:securityhub:${call.region}:${account}:${product}`);
  },
  organizations: (call, world, input) => {
    const named = optionalText(input, "ChildId") ?? optionalText(input, "AccountId");
    const account = named ?? call.principal.account;
    const kind = account.startsWith("ou-") ? "ou" : "account";
    const resource = `arn:aws:organizations::${world.account}:${kind}/${organization}/${account}`;
    const type = optionalText(input, "PolicyType");
    const context = type === undefined ? {} : { "organizations:PolicyType": [type] };
    return { ...asks(call, resource), context };
  },
  sqs: (call, _world, input) => {
    const [, account = "", name = ""] =
      /\/(\d{12})\/([^/]+)$/.exec(optionalText(input, "QueueUrl") ?? "") ?? [];
    const action = `sqs:${call.operation.replace(/Batch$/, "")}`;
    return { ...asks(call, `arn:aws:sqs:${call.region}:${account}:${name}`), action };
  },
  sns: (call, _world, input) => asks(call, optionalText(input, "TopicArn") ?? "*"),
  ssm: (call, _world, input) => {
    const name = (optionalText(input, "Name") ?? "").replace(/^\//, "");
    return asks(call, `arn:aws:ssm:${call.region}:${call.principal.account}:parameter/${name}`);
  },
  dynamodb: (call, _world, input) => {
    const table = optionalText(input, "TableName") ?? "";
    const here = `arn:aws:dynamodb:${call.region}:${call.principal.account}`;
    const keys = partitionsIn(input);
    const context = keys.length === 0 ? {} : { "dynamodb:LeadingKeys": keys };
    return { ...asks(call, `${here}:table/${table}`), context };
  },
  events: (call, _world, input) => {
    const name = optionalText(input, "Name") ?? "*";
    return asks(call, `arn:aws:events:${call.region}:${call.principal.account}:rule/${name}`);
  },
  logs: (call) => asks(call, "*"),
  monitoring: (call) => ({ ...asks(call, "*"), action: `cloudwatch:${call.operation}` }),
  servicequotas: (call) => asks(call, "*"),
  lambda: (call) => {
    const { region, principal, request } = call;
    const here = `arn:aws:lambda:${region}:${principal.account}:function`;
    const name = functionIn(request) ?? "*";
    const action =
      call.operation === "Invoke" ? "lambda:InvokeFunction" : `lambda:${call.operation}`;
    return { ...asks(call, `${here}:${name}`), action };
  },
};

type OtherService = Exclude<Call["service"], "s3" | "s3-control" | "unknown">;

function asks({ service, operation }: Call, resource: string): AccessRequest {
  return { action: `${service}:${operation}`, resource, context: {} };
}

function inOrganization(world: World, owner: string): AccessRequest["context"] {
  const own = organizationOf(world, owner);
  return own === undefined ? {} : { "aws:ResourceOrgID": [own] };
}

function roleIn(world: World, input: Input): Pick<AccessRequest, "resource" | "context"> {
  const resource = optionalText(input, "RoleArn") ?? "";
  const externalId = optionalText(input, "ExternalId");
  const context = {
    ...inOrganization(world, resource.split(":")[4] ?? ""),
    ...(externalId === undefined ? {} : { "sts:ExternalId": [externalId] }),
  };
  return { resource, context };
}

/** IAM is asked about the key behind an alias; everybody hears of an alias that is not there. */
function keyArnOf(call: Call, world: World, id: string): string | undefined {
  const here = `arn:aws:kms:${call.region}:${call.principal.account}`;
  const named = id.startsWith("alias/") ? `${here}:${id}` : `${here}:key/${id}`;
  const arn = id.startsWith("arn:") ? id : named;
  return arn.includes(":key/") ? arn : world.aliases.get(arn);
}

/** The partition keys of the items that a call names. */
function partitionsIn(input: Input): readonly string[] {
  const named = [membersIn(input, "Key"), membersIn(input, "Item")].flatMap((item) =>
    textsIn(membersIn(item, "pk")),
  );
  const asked = textsIn(membersIn(membersIn(input, "ExpressionAttributeValues"), ":pk"));
  return [...named, ...asked, ...listIn(input, "Keys").flatMap(textsIn)];
}

function textsIn(value: Input): readonly string[] {
  const text = optionalText(value, "S");
  return text === undefined ? [] : [text];
}
