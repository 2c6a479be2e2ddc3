import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { InputError, parseJson, whyNoJson } from "@bucket-warden/core/kernel";
import { parseRegion, type Region } from "@bucket-warden/core/model";
import type { Desk } from "@bucket-warden/core/notify";
import { type OwnResources, parseOwnResources } from "@bucket-warden/core/own-resources";
import * as z from "zod";
import { commaList } from "./comma-list.ts";
import { parseSlackEnvironment, type SlackEnvironment } from "./slack/environment.ts";

const schema = z.object({
  AWS_REGION: z.string().min(1),
  WARDEN_BASELINE: z.string().min(1),
  WARDEN_TASK_QUEUE_URL: z.url(),
  WARDEN_LOOK_QUEUE_URL: z.url(),
  WARDEN_LEDGER_TABLE: z.string().min(3),
  WARDEN_LEDGER_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, "it is not a number of days from 1 to 99999")
    .default("400")
    .transform(Number),
  WARDEN_TOPIC_ARN: z.string().startsWith("arn:"),
  WARDEN_STOP_PARAMETER: z.string().min(1).optional(),
  WARDEN_MEMBER_ROLE: z.string().min(1).optional(),
  WARDEN_EXTERNAL_ID: z.string().min(2).optional(),
  WARDEN_REGIONS: commaList,
  WARDEN_OWN_RESOURCES: z.string().default("bucket-warden*"),
  WARDEN_INVOKE_FUNCTION: z.string().min(1).default("bucket-warden-invoke"),
  WARDEN_HISTORY_FUNCTION: z.string().min(1).default("bucket-warden-history"),
  WARDEN_LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARN", "ERROR", "SILENT"]).default("INFO"),
  WARDEN_METRICS: z.enum(["on", "off"]).default("on"),
  WARDEN_RETRY_SECONDS: z
    .string()
    .regex(/^\d+(\.\d+)?$/, "it is not a number of seconds")
    .default("3")
    .transform(Number)
    .pipe(z.number().max(300)),
  WARDEN_RELEASE: z.string().min(1).optional(),
  WARDEN_REQUEST_TIMEOUT_MS: z
    .string()
    .regex(/^[1-9]\d{1,4}$/, "it is not a number of milliseconds from 10 to 99999")
    .default("5000")
    .transform(Number),
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

/** The configuration of every function. */
export interface Environment {
  /** That of queue, table and topic, and where calls about whole accounts are made. */
  readonly region: Region;
  /** Those in which accounts are looked after, each once and `region` first. */
  readonly regions: readonly [Region, ...Region[]];
  readonly baseline: Baseline;
  readonly taskQueueUrl: string;
  readonly lookQueueUrl: string;
  readonly ledgerTable: string;
  /** How many days records stay in the ledger. */
  readonly ledgerDays: number;
  readonly topicArn: string;
  /** Whom messages tell people to call. */
  readonly desk: Desk;
  /** The parameter of Systems Manager that stops all writing. */
  readonly stopParameter?: string;
  readonly memberRole?: { readonly name: string; readonly externalId?: string };
  /** What belongs to this deployment, the member role among it. */
  readonly ownResources: OwnResources;
  readonly slack: SlackEnvironment;
  readonly logLevel: z.infer<typeof schema>["WARDEN_LOG_LEVEL"];
  readonly metrics: boolean;
  /** How long a task waits before its second delivery; the time doubles with each further one. */
  readonly retrySeconds: number;
  /** Which version of the code this is, so that a new one trusts no look of an older one. */
  readonly release?: string;
  /** How long one attempt of one AWS call may take. */
  readonly requestTimeoutMilliseconds: number;
  /** Set only when AWS is played by something else, e.g. the sandbox. */
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Reads the environment variables. Throws InputError naming the variable and the remedy. */
export function parseEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) throw describe(parsed.error);
  const env = parsed.data;
  return {
    region: parseRegion(env.AWS_REGION, "AWS_REGION"),
    regions: regionsOf(env),
    baseline: parseBaseline(jsonIn(env.WARDEN_BASELINE), "WARDEN_BASELINE"),
    taskQueueUrl: env.WARDEN_TASK_QUEUE_URL,
    lookQueueUrl: env.WARDEN_LOOK_QUEUE_URL,
    ledgerTable: env.WARDEN_LEDGER_TABLE,
    ledgerDays: env.WARDEN_LEDGER_DAYS,
    topicArn: env.WARDEN_TOPIC_ARN,
    desk: deskOf(env),
    ownResources: ownResources(env),
    slack: parseSlackEnvironment(variables),
    logLevel: env.WARDEN_LOG_LEVEL,
    metrics: env.WARDEN_METRICS === "on",
    retrySeconds: env.WARDEN_RETRY_SECONDS,
    requestTimeoutMilliseconds: env.WARDEN_REQUEST_TIMEOUT_MS,
    ...(env.WARDEN_RELEASE === undefined ? {} : { release: env.WARDEN_RELEASE }),
    ...(env.WARDEN_STOP_PARAMETER === undefined
      ? {}
      : { stopParameter: env.WARDEN_STOP_PARAMETER }),
    ...memberRole(env),
    ...elsewhere(env),
  };
}

type Parsed = z.infer<typeof schema>;

function regionsOf({ AWS_REGION, WARDEN_REGIONS }: Parsed): Environment["regions"] {
  const home = parseRegion(AWS_REGION, "AWS_REGION");
  const others = new Set(WARDEN_REGIONS.filter((code) => code !== home));
  return [home, ...[...others].map((code) => parseRegion(code, "WARDEN_REGIONS"))];
}

function deskOf(env: Parsed): Desk {
  const functions = { invoke: env.WARDEN_INVOKE_FUNCTION, history: env.WARDEN_HISTORY_FUNCTION };
  return { region: env.AWS_REGION, functions };
}

function ownResources(env: Parsed): OwnResources {
  const { WARDEN_OWN_RESOURCES: text, WARDEN_MEMBER_ROLE: role } = env;
  const named = parseOwnResources(text, "environment variable WARDEN_OWN_RESOURCES");
  return role === undefined ? named : [...named, role];
}

function memberRole({ WARDEN_MEMBER_ROLE: name, WARDEN_EXTERNAL_ID: externalId }: Parsed) {
  if (name === undefined && externalId !== undefined) {
    throw new InputError({
      place: "environment variable WARDEN_EXTERNAL_ID",
      problem: "it is set, but there is no role to use it with",
      remedy: "Set WARDEN_MEMBER_ROLE as well, or leave both out.",
    });
  }
  if (name === undefined) return {};
  return { memberRole: externalId === undefined ? { name } : { name, externalId } };
}

/** In Lambda the SDK finds its credentials itself; given ones are for endpoints that are not AWS. */
function elsewhere(env: Parsed) {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
  if (endpoint === undefined) return {};
  if (id === undefined || secret === undefined) return { endpoint };
  const token = env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN };
  return { endpoint, credentials: { accessKeyId: id, secretAccessKey: secret, ...token } };
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new InputError({
      place: "WARDEN_BASELINE",
      problem: whyNoJson(cause, "it is not JSON"),
      remedy: "Give the baseline as a JSON object; {} alerts on everything.",
      cause,
    });
  }
}

function describe(error: z.ZodError): InputError {
  const issue = error.issues[0];
  return new InputError({
    place: `environment variable ${issue?.path.join(".") ?? ""}`,
    problem: issue?.message ?? "it is not usable",
    remedy: "Set it in the configuration of the function; docs/configuration.md lists all of them.",
    cause: error,
  });
}
