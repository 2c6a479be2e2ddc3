import { type BaselineInput, parseBaseline } from "@bucket-warden/core/baseline";
import { InputError } from "@bucket-warden/core/kernel";
import { parseRegion } from "@bucket-warden/core/model";
import * as z from "zod";

const account = z.string().regex(/^\d{12}$/, "it is not an account id of 12 digits");
const region = z.string().transform((code, context) => {
  try {
    return parseRegion(code, "");
  } catch {
    context.addIssue({ code: "custom", message: "it is not a Region such as eu-central-1" });
    return z.NEVER;
  }
});
const unit = /^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/;

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
const organization = z.strictObject({
  id: z.string().regex(/^o-[0-9a-z]{10,32}$/, "it is not the id of an organization, o-…"),
  units: z
    .array(z.string().regex(unit, "it is not the id of a unit, ou-…, or of the root, r-…"))
    .min(1, "it names no unit"),
  deployAs: z.enum(["delegated-administrator", "management-account"]),
});

const parameter = z
  .string()
  .regex(/^\/[\w./-]{1,1010}$/, "it is not the name of a parameter, which begins with /");
const channel = z.string().regex(/^[CG][A-Z0-9]+$/, "it is not the id of a channel, C…");

/** docs/slack.md says how to come by these. */
const slackApp = z.strictObject({
  channel,
  tokenParameter: parameter,
  signingSecretParameter: parameter,
  users: z.array(z.string().regex(/^[UW][A-Z0-9]+$/, "it is not the id of a user, U…")).default([]),
  userGroup: z
    .string()
    .regex(/^S[A-Z0-9]+$/, "it is not the id of a user group, S…")
    .optional(),
});
const slackWebhook = z.strictObject({ channel, webhookParameter: parameter });

const positive = z.number().int().min(1);

const schema = z.strictObject({
  hub: z.strictObject({ account, region }),
  guard: z.union([z.literal("account"), organization], {
    error: 'it is neither "account" nor an organization with id, units and deployAs',
  }),
  regions: z.array(region).default([]),
  externalId: z
    .string()
    .regex(
      /^[\w+=,.@:/-]{8,1224}$/,
      "it has fewer than 8 characters, or some that STS does not take",
    ),
  permissionsBoundary: z
    .string()
    .regex(/^[\w+=,.@/-]{1,128}$/, "it is not the name of a managed policy")
    .optional(),
  baseline: z.custom<BaselineInput>().transform((value, context) => {
    try {
      parseBaseline(value, "baseline");
      return value;
    } catch (error) {
      context.addIssue({ code: "custom", message: String(error) });
      return z.NEVER;
    }
  }),
  /** Lets an undo delete a bucket policy that was not there before, which takes s3:DeleteBucketPolicy. */
  removesPolicies: z.boolean().default(false),
  sweep: z
    .string()
    .regex(
      /^(rate\((1 day|1 hour|\d+ (minutes|hours))\)|cron\([^()]+\))$/,
      "it is no rate(…) of a day or less and no cron(…)",
    )
    .default("rate(1 day)"),
  /** When the digest is told, in UTC. */
  digest: z
    .string()
    .regex(/^(rate\(\d+ (hours?|days?)\)|cron\([^()]+\))$/, "it is no rate(…) or cron(…)")
    .default("cron(0 7 * * ? *)"),
  messagesTo: z.array(z.email("it is not an e-mail address")).default([]),
  alarmsTo: z.array(z.email("it is not an e-mail address")).default([]),
  slack: z
    .union([slackApp, slackWebhook], {
      error:
        "it needs channel, tokenParameter and signingSecretParameter of an app, or channel and webhookParameter",
    })
    .optional(),
  ledgerDays: positive.max(99_999).default(400),
  logRetention: z.enum(["1 month", "3 months", "6 months", "1 year", "2 years"]).default("1 year"),
  repairsAtOnce: positive.min(2, "the queue needs at least 2").max(1_000).default(10),
  /** So many orders of sweeps are looked at, each with up to 16 requests in flight. */
  looksAtOnce: positive.min(2, "the queue needs at least 2").max(1_000).default(5),
  eventsAtOnce: positive.max(1_000).default(20),
});

/** What a stage is, as a person writes it. */
export type SettingsInput = z.input<typeof schema>;

/** What a stage is, checked and with every default. */
export type Settings = z.output<typeof schema>;

/** The organization that is guarded; without one the hub guards its own account alone. */
export type Organization = Exclude<Settings["guard"], "account">;

/** Checks the settings of a stage. Throws InputError with the place of the first mistake. */
export function parseSettings(input: unknown, place: string): Settings {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError({
    place: [place, ...(issue?.path ?? [])].join("."),
    problem: issue?.message ?? "it is not usable",
    remedy: "Write it as the example in stacks/stages.ts and docs/deploy.md show.",
    cause: parsed.error,
  });
}

/** The settings of a stage, from the stages that there are. Throws InputError when it is none of them. */
export function settingsOf(
  stages: Readonly<Record<string, SettingsInput>>,
  stage: string,
): Settings {
  if (Object.hasOwn(stages, stage)) return parseSettings(stages[stage], `stages.${stage}`);
  throw new InputError({
    place: "stacks/stages.ts",
    problem: `there is no stage ${JSON.stringify(stage)}`,
    remedy: `Add it, or deploy one of ${Object.keys(stages).join(", ")} with --stage.`,
  });
}

/** The names of the parameters that hold what opens Slack; people make them, no deployment does. */
export function slackSecretsOf({ slack }: Settings): readonly string[] {
  if (slack === undefined) return [];
  if ("webhookParameter" in slack) return [slack.webhookParameter];
  return [slack.tokenParameter, slack.signingSecretParameter];
}

/** Every Region that is watched, each once and that of the hub first. */
export function watchedRegions({ hub, regions }: Settings): readonly string[] {
  return [...new Set([hub.region, ...regions])];
}
