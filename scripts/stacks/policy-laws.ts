import type { Breach } from "./breach.ts";
import type { Policy, Statement } from "./policies.ts";

type Law = (policy: Policy) => readonly Breach[];

/** A law about each statement that allows something. */
function lawOf(rule: string, problem: (it: Statement, policy: Policy) => string | undefined): Law {
  return (policy) =>
    policy.statements.flatMap((statement) => {
      if (statement.effect !== "Allow") return [];
      const message = problem(statement, policy);
      const at = policy.resource;
      return message === undefined ? [] : [{ rule, at, message: `${statement.sid}: ${message}` }];
    });
}

/** Nobody gets every action of a service. A key alone must say that its account decides about it. */
export const noWideAction = lawOf(
  "wide-action",
  ({ actions, isInverted, principals }, { kind }) => {
    if (isInverted) return "it allows whatever it does not name";
    const isOwner =
      kind === "key" && principals.every((it) => /^AWS:arn:[^:]*:iam::\d{12}:root$/.test(it));
    const wide = actions.filter((action) => action === "*" || action.endsWith(":*"));
    return wide.length === 0 || isOwner ? undefined : `it allows ${wide.join(", ")}`;
  },
);

/**
 * A service acts for whoever asks it to, so a policy names the resource on whose behalf.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const sourceIsNamed = lawOf("source-arn", ({ principals, keys }) => {
  const services = principals.filter((it) => it.startsWith("Service:"));
  // Lambda takes on a role for the functions that name it, and making one needs iam:PassRole.
  if (services.every((it) => it === "Service:lambda.amazonaws.com")) return undefined;
  const missing = ["aws:sourcearn", "aws:sourceaccount"].filter((key) => !keys.has(key));
  return missing.length === 0 ? undefined : `${services.join()} comes without ${missing.join()}`;
});

/** What everybody may do, everybody in the organization may do. */
export const openOnlyToOwn = lawOf("open-to-all", ({ principals, keys }) => {
  const isOpen = principals.some((it) => it === "*" || it === "AWS:*");
  return isOpen && !keys.has("aws:principalorgid") ? "it is open to all accounts" : undefined;
});

/** The role of a function is for Lambda; other roles say for whom, and under which condition. */
export const trustIsNarrow = lawOf("trust", ({ principals, keys }, { kind }) => {
  if (kind !== "trust" || keys.size > 0) return undefined;
  const others = principals.filter((it) => it !== "Service:lambda.amazonaws.com");
  return others.length === 0 ? undefined : `it trusts ${others.join()} without a condition`;
});

/**
 * What was done stays known: nobody of ours can take it out of the ledger. `BatchWriteItem` deletes
 * too, and so does a time to live that somebody sets.
 */
export const ledgerIsKept = lawOf("ledger", ({ actions }) => {
  const losing = /^dynamodb:(\*|Delete|BatchWrite|PartiQL|Restore|Update(?!Item$))/i;
  const found = actions.filter((action) => losing.test(action));
  return found.length === 0 ? undefined : `it allows ${found.join(", ")}`;
});
