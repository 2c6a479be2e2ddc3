import { createHash } from "node:crypto";

interface Identified {
  readonly account: string;
  readonly accessKey: string;
  readonly arn: string;
}

/** Who makes a call. */
export type Principal =
  | (Identified & { readonly kind: "root" })
  | (Identified & { readonly kind: "user"; readonly userName: string })
  | (Identified & RoleSession & { readonly kind: "role-session" })
  | { readonly kind: "anonymous"; readonly account: ""; readonly arn: "anonymous" };

/** A session that AssumeRole made. */
export interface RoleSession {
  readonly account: string;
  readonly accessKey: string;
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly createdAt: number;
}

export const anonymous: Principal = { kind: "anonymous", account: "", arn: "anonymous" };

/**
 * Any access key works. A key of an assumed role is that session; `root` is the root user; anything
 * else is the IAM user of that name. `name@222233334444` places the user in another account.
 */
export function principalOf(
  accessKey: string,
  defaultAccount: string,
  sessions: ReadonlyMap<string, RoleSession>,
): Principal {
  const session = sessions.get(accessKey);
  if (session !== undefined) return sessionPrincipal(session);
  const [, name = accessKey, account = defaultAccount] = /^(.+)@(\d{12})$/.exec(accessKey) ?? [];
  if (name === "root") {
    return { kind: "root", account, accessKey, arn: `arn:aws:iam::${account}:root` };
  }
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { kind: "user", account, accessKey, userName: name, arn };
}

function sessionPrincipal(session: RoleSession): Principal {
  const { account, roleName, sessionName } = session;
  const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;
  return { ...session, kind: "role-session", arn };
}

/** The unique id that IAM would give: `AIDA…` for users, `AROA…` for roles; the same for the same ARN. */
export function uniqueIdOf(prefix: "AIDA" | "AROA", arn: string): string {
  const digest = createHash("sha256").update(arn).digest("hex").toUpperCase();
  return `${prefix}${digest.slice(0, 17)}`;
}

/** The canonical user id of an account, as S3 shows it in ACLs and owners. */
export function canonicalIdOf(account: string): string {
  return createHash("sha256").update(`canonical user of ${account}`).digest("hex");
}
