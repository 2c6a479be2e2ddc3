import type { Call } from "../call.ts";
import type { Answer } from "../wire/request.ts";
import type { World } from "../world.ts";
import { glacierError } from "./errors.ts";
import { type Vault, vaultArn } from "./vault.ts";

export interface GlacierCall {
  readonly call: Call;
  readonly world: World;
}

export type GlacierOperation = (on: GlacierCall) => Answer;

interface Place {
  /** An account id, or `-` for that of the caller. */
  readonly account: string;
  readonly vault?: string;
  readonly part?: string;
  readonly lockId?: string;
}

/** What the path `/<account>/vaults/<vault>/<part>/<lock id>` names. */
export function placeOf({ request }: Pick<Call, "request">): Place {
  const [, account = "", , vault, part, lockId] = request.path.split("/").map(decodeURIComponent);
  return {
    account,
    ...(vault === undefined || vault === "" ? {} : { vault }),
    ...(part === undefined ? {} : { part }),
    ...(lockId === undefined ? {} : { lockId }),
  };
}

/** The vault that the call names, in the account of the caller. */
export function vaultIn(on: GlacierCall): Vault {
  const arn = arnIn(on);
  const vault = on.world.vaults.get(arn);
  if (vault !== undefined) return vault;
  throw glacierError("ResourceNotFoundException", `Vault not found for ARN: ${arn}`);
}

export function arnIn({ call }: GlacierCall): string {
  return vaultArn(call.principal.account, call.region, placeOf(call).vault ?? "");
}

/** The policy in the body, if there is one. */
export function policyIn({ request }: Pick<Call, "request">): string | undefined {
  const members = membersOf(request.body.toString("utf8"));
  const policy = members?.["Policy"];
  return typeof policy === "string" ? policy : undefined;
}

/** The policy in the body; refused when it is none. */
export function soundPolicyIn({ call }: GlacierCall): string {
  const policy = policyIn(call);
  if (policy !== undefined && membersOf(policy)?.["Statement"] !== undefined) return policy;
  throw glacierError("InvalidParameterValueException", "Invalid vault policy.");
}

function membersOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = text === "" ? undefined : JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // no JSON, which is refused like JSON without statements
  }
}

export function jsonAnswer(body: object): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

export function emptyAnswer(
  status: 201 | 204,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: "" };
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
