import { AwsError } from "../wire/aws-error.ts";
import { type Input, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";

/** AWS Organizations, as far as a member sees what rules its S3, and the hub where a member is. */
export const organizations = jsonService({
  name: "organizations",
  contentType: "application/x-amz-json-1.1",
  operations: {
    DescribeEffectivePolicy: { write: false, isManagement: true, run: describeEffectivePolicy },
    ListAccounts: { write: false, isManagement: true, run: listAccounts },
    DescribeAccount: { write: false, isManagement: true, run: describeAccount },
    ListParents: { write: false, isManagement: true, run: listParents },
  },
});

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html */
function describeEffectivePolicy({ input, call, world }: OperationCall): Input {
  const type = textIn(input, "PolicyType");
  const { account } = call.principal;
  const word = type === "S3_POLICY" ? world.organizationS3Policies.get(account) : undefined;
  if (word === undefined) {
    const message = `There is no effective policy of type ${type} for ${account}.`;
    throw refusal("EffectivePolicyNotFoundException", message);
  }
  const content = { s3_attributes: { public_access_block_configuration: word } };
  return {
    EffectivePolicy: {
      PolicyContent: JSON.stringify(content),
      LastUpdatedTimestamp: call.at / 1000,
      TargetId: account,
      PolicyType: type,
    },
  };
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
function listAccounts({ input, call, world }: OperationCall): Input {
  if (call.principal.account !== world.account) {
    throw refusal("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  const all = [...world.accountNames];
  const from = Number(input["NextToken"] ?? 0);
  const to = from + mostAccountsOnAPage;
  const Accounts = all.slice(from, to).map(([id, name]) => accountOf(id, name, world));
  return { Accounts, ...(to < all.length ? { NextToken: String(to) } : {}) };
}

const mostAccountsOnAPage = 20;

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html */
function describeAccount({ input, call, world }: OperationCall): Input {
  const id = textIn(input, "AccountId");
  // The account of the sandbox is the one that manages its organization.
  if (call.principal.account !== world.account) {
    throw refusal("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  const name = world.accountNames.get(id);
  if (name === undefined) {
    throw refusal("AccountNotFoundException", "You specified an account that doesn't exist.");
  }
  return { Account: accountOf(id, name, world) };
}

function accountOf(id: string, Name: string, world: OperationCall["world"]): Input {
  const organization = `o-sandbox/${id}`;
  const Arn = `arn:aws:organizations::${world.account}:account/${organization}`;
  const Email = `${id}@example.com`;
  const state = { State: "ACTIVE", Status: "ACTIVE" };
  return { Id: id, Arn, Email, Name, ...state, JoinedMethod: "CREATED" };
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html */
function listParents({ input, call, world }: OperationCall): Input {
  const child = textIn(input, "ChildId");
  // The account of the sandbox is the one that manages its organization.
  if (call.principal.account !== world.account) {
    throw refusal("AccessDeniedException", "You do not have permission to list parents.");
  }
  if (!/^(\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/.test(child)) {
    throw refusal("InvalidInputException", `${child} is not the id of a child.`);
  }
  const parent = world.organizationParents.get(child);
  if (parent === undefined) {
    throw refusal("ChildNotFoundException", `There is no ${child} in the organization.`);
  }
  const type = parent.startsWith("r-") ? "ROOT" : "ORGANIZATIONAL_UNIT";
  return { Parents: [{ Id: parent, Type: type }] };
}

function refusal(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, message });
}
