import { InputError } from "@bucket-warden/core/kernel";
import * as z from "zod";
import { commaList } from "../comma-list.ts";

const text = z.string().min(1).optional();

const schema = z.object({
  WARDEN_SLACK_CHANNEL: text,
  WARDEN_SLACK_TOKEN: text,
  WARDEN_SLACK_TOKEN_PARAMETER: text,
  WARDEN_SLACK_WEBHOOK: z.url().optional(),
  WARDEN_SLACK_WEBHOOK_PARAMETER: text,
  // An empty key would make anybody's signature right.
  WARDEN_SLACK_SIGNING_SECRET: z.string().min(16).optional(),
  WARDEN_SLACK_SIGNING_SECRET_PARAMETER: text,
  WARDEN_SLACK_USERS: commaList.pipe(
    z.array(z.string().regex(/^[UW][A-Z0-9]+$/, "it is not a list of user ids")),
  ),
  WARDEN_SLACK_USER_GROUP: z
    .string()
    .regex(/^S[A-Z0-9]+$/, "it is not the id of a user group")
    .optional(),
  WARDEN_SLACK_WORK_FUNCTION: z.string().min(1).default("bucket-warden-slack-work"),
  WARDEN_SLACK_API_URL: z.url().default("https://slack.com/api/"),
});

type Parsed = z.infer<typeof schema>;

/** A secret as it is, or the name of the SecureString parameter that holds it. */
export type Secret = { readonly value: string } | { readonly parameter: string };

/** The part of the configuration that is about Slack. */
export interface SlackEnvironment {
  /** Where messages go that no route sends elsewhere. */
  readonly channel?: string;
  readonly token?: Secret;
  readonly webhook?: Secret;
  readonly signingSecret?: Secret;
  /** Ids of those who may push buttons, and of the group whose members may. */
  readonly users: readonly string[];
  readonly userGroup?: string;
  /** The function that carries out what was pushed. */
  readonly workFunction: string;
  readonly apiUrl: string;
}

/** Reads the variables about Slack. Throws InputError naming the variable and the remedy. */
export function parseSlackEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): SlackEnvironment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw wrong(issue?.path[0]?.toString() ?? "", issue?.message ?? "it is not usable");
  }
  const env = parsed.data;
  const token = secretIn(env, "WARDEN_SLACK_TOKEN");
  const webhook = secretIn(env, "WARDEN_SLACK_WEBHOOK");
  const signingSecret = secretIn(env, "WARDEN_SLACK_SIGNING_SECRET");
  if (token !== undefined && webhook !== undefined) {
    throw wrong("WARDEN_SLACK_WEBHOOK", "it is set beside a bot token");
  }
  const { WARDEN_SLACK_CHANNEL: channel, WARDEN_SLACK_USER_GROUP: userGroup } = env;
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(token === undefined ? {} : { token }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(signingSecret === undefined ? {} : { signingSecret }),
    users: env.WARDEN_SLACK_USERS,
    ...(userGroup === undefined ? {} : { userGroup }),
    workFunction: env.WARDEN_SLACK_WORK_FUNCTION,
    apiUrl: env.WARDEN_SLACK_API_URL,
  };
}

function secretIn(
  env: Parsed,
  name: "WARDEN_SLACK_TOKEN" | "WARDEN_SLACK_WEBHOOK" | "WARDEN_SLACK_SIGNING_SECRET",
): Secret | undefined {
  const value = env[name];
  const parameter = env[`${name}_PARAMETER`];
  if (value !== undefined && parameter !== undefined) {
    throw wrong(name, `it is set beside ${name}_PARAMETER`);
  }
  if (value !== undefined) return { value };
  return parameter === undefined ? undefined : { parameter };
}

/** What a function cannot do without. Throws InputError naming the variable. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw wrong(name, "it is not set");
  return value;
}

function wrong(name: string, problem: string): InputError {
  return new InputError({
    place: `environment variable ${name}`,
    problem,
    remedy: "Set it in the configuration of the function; docs/slack.md says how.",
  });
}
