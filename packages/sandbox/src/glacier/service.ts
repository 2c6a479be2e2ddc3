import type { ApiEvent, Call, Identified, Service } from "../call.ts";
import { type AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Answer, WireRequest } from "../wire/request.ts";
import { glacierError } from "./errors.ts";
import { lockOperations } from "./locks.ts";
import { type GlacierOperation, placeOf, policyIn } from "./place.ts";
import { vaultOperations } from "./vaults.ts";

const operations: ReadonlyMap<string, GlacierOperation> = new Map(
  Object.entries({ ...vaultOperations, ...lockOperations }),
);

/** Amazon Glacier: vaults, their policies and their locks, without archives. */
export const glacier: Service = {
  name: "glacier",
  identify,
  serve: (call, world) => {
    const operation = operations.get(call.operation);
    if (operation === undefined) throw notImplemented(`Glacier ${call.operation}`);
    if (world.closedToGlacier.has(call.principal.account)) {
      throw glacierError("NoLongerSupportedException", "The service is closed to this account.");
    }
    const { account } = placeOf(call);
    if (account !== "-" && account !== call.principal.account) {
      throw glacierError("AccessDeniedException", `${account} is not the account of the caller.`);
    }
    return withId(operation({ call, world }), call);
  },
  refuse: (error, call) => withId(errorAnswer(error), call),
  event: (call) => eventOf(call),
};

const routes: Readonly<Record<string, string>> = {
  "GET vaults": "ListVaults",
  "PUT vault": "CreateVault",
  "GET vault": "DescribeVault",
  "DELETE vault": "DeleteVault",
  "GET access-policy": "GetVaultAccessPolicy",
  "PUT access-policy": "SetVaultAccessPolicy",
  "DELETE access-policy": "DeleteVaultAccessPolicy",
  "GET lock-policy": "GetVaultLock",
  "POST lock-policy": "InitiateVaultLock",
  "POST lock-policy/id": "CompleteVaultLock",
  "DELETE lock-policy": "AbortVaultLock",
};

/** https://docs.aws.amazon.com/amazonglacier/latest/dev/amazon-glacier-api.html */
function identify(request: WireRequest): Identified {
  const { vault, part, lockId } = placeOf({ request });
  const thing = vault === undefined ? "vaults" : (part ?? "vault");
  const route = `${request.method} ${thing}${lockId === undefined ? "" : "/id"}`;
  return { operation: routes[route] ?? route, write: request.method !== "GET" };
}

/** Policies are shown as the text that was sent. */
function eventOf(call: Call): ApiEvent | undefined {
  if (!operations.has(call.operation)) return undefined;
  const { account, vault, lockId } = placeOf(call);
  const policy = policyIn(call);
  return {
    eventName: call.operation,
    eventSource: "glacier.amazonaws.com",
    requestParameters: {
      accountId: account,
      ...(vault === undefined ? {} : { vaultName: vault }),
      ...(lockId === undefined ? {} : { lockId }),
      ...(policy === undefined ? {} : { policy: { policy } }),
    },
  };
}

function withId(answer: Answer, call: Call): Answer {
  return { ...answer, headers: { "x-amzn-requestid": call.id, ...answer.headers } };
}

function errorAnswer(error: AwsError): Answer {
  const type = error.status < 500 ? "Client" : "Server";
  return {
    status: error.status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: error.code, message: error.message, type }),
  };
}
