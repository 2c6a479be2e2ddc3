import type { Call } from "../call.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, membersIn, optionalText } from "../wire/input.ts";
import type { World } from "../world.ts";

const mostInACall = 100;
const mostBytes = 240 * 1024;

/** What only customers change, once a finding is there. */
const customerOwned = ["Note", "UserDefinedFields", "VerificationState", "Workflow"];

/**
 * Takes findings one by one: what is wrong with one is told beside the others.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function importFindings(on: {
  readonly call: Call;
  readonly world: World;
  readonly input: Input;
}): Input {
  const { call, world, input } = on;
  const { account } = call.principal;
  const findings = listIn(input, "Findings");
  if (findings.length === 0 || findings.length > mostInACall) {
    throw refusal("InvalidInputException", 400, "Findings must hold 1 to 100 findings");
  }
  const hub = world.hubs.get(`${account} ${call.region}`);
  if (hub === undefined) {
    const message = `Account ${account} is not subscribed to AWS Security Hub`;
    throw refusal("InvalidAccessException", 401, message);
  }
  const failed: Input[] = [];
  for (const finding of findings) {
    const why = problemOf(finding, call);
    const Id = optionalText(finding, "Id") ?? "";
    if (why === undefined) hub.set(Id, merged(hub.get(Id), finding));
    else failed.push({ Id, ErrorCode: "InvalidInput", ErrorMessage: why });
  }
  const FailedCount = failed.length;
  return { FailedCount, SuccessCount: findings.length - FailedCount, FailedFindings: failed };
}

const required = [
  "SchemaVersion",
  "Id",
  "ProductArn",
  "GeneratorId",
  "AwsAccountId",
  "CreatedAt",
  "UpdatedAt",
  "Title",
  "Description",
  "Resources",
];

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html */
function problemOf(finding: Input, { principal, region }: Call): string | undefined {
  const { account } = principal;
  const missing = required.find((name) => finding[name] === undefined);
  if (missing !== undefined) return `Finding does not adhere to Amazon Finding Format: ${missing}`;
  if (Buffer.byteLength(JSON.stringify(finding)) > mostBytes) return "The finding is too large";
  if (finding["AwsAccountId"] !== account) return "AwsAccountId is not the account of the caller";
  const product = `arn:aws:securityhub:${region}:${account}:product/${account}/default`;
  if (finding["ProductArn"] !== product) return "ProductArn is not a product of the caller";
  const provider = membersIn(finding, "FindingProviderFields");
  const has = (name: string) => finding[name] !== undefined || provider[name] !== undefined;
  if (!has("Severity") || !has("Types")) return "Severity and Types are required";
  const resources = listIn(finding, "Resources");
  const isWhole = (it: Input) => it["Type"] !== undefined && it["Id"] !== undefined;
  return resources.length > 0 && resources.every(isWhole)
    ? undefined
    : "Resources need Type and Id";
}

/** What customers own stays as they left it, and older news changes nothing. */
function merged(known: Input | undefined, finding: Input): Input {
  if (known === undefined) return finding;
  if (String(known["UpdatedAt"]) > String(finding["UpdatedAt"])) return known;
  const kept = customerOwned.filter((name) => known[name] !== undefined);
  return { ...finding, ...Object.fromEntries(kept.map((name) => [name, known[name]])) };
}

function refusal(code: string, status: number, message: string): AwsError {
  return new AwsError({ code, status, message });
}
