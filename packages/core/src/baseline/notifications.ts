import * as z from "zod";
import { noticeKinds, severityLevels } from "../model/news.ts";
import { accountId } from "./account-id.ts";
import type { ControlId } from "./baseline.ts";
import { controlIds } from "./layers.ts";
import { organizationalUnit } from "./organizational-unit.ts";

/** Who is told what, where and when. */
export interface Notifications {
  /** The address of the runbook in each message; `{control}` and `{kind}` are filled in. */
  readonly runbook?: string | undefined;
  /** When only what is urgent is sent; the rest waits for the end. */
  readonly quietHours?: QuietHours | undefined;
  /** The first route that a notice matches decides; what matches none goes to the usual topic. */
  readonly routes: readonly Route[];
  /** Whether findings are sent to Security Hub, in the account and Region of the resource. */
  readonly securityHub: boolean;
  /** With more messages of one account at once than this, one summary is sent instead. */
  readonly burst: number;
  /** Where the daily digest goes; to the usual topic when left out. */
  readonly digest?: Target | undefined;
}

/** Local times like `22:00`; where `from` is later than `to` the night is meant. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
  /** Whether Saturdays and Sundays are quiet as a whole. */
  readonly weekends: boolean;
}

export interface Route {
  readonly name: string;
  /** Each criterion that is given must fit; of a list, one entry is enough. */
  readonly match: RouteMatch;
  readonly to: readonly Target[];
  /** Quiet hours do not count here. */
  readonly evenWhenQuiet: boolean;
}

export interface RouteMatch {
  readonly severities?: readonly (typeof severityLevels)[number][] | undefined;
  readonly outcomes?: readonly (typeof noticeKinds)[number][] | undefined;
  readonly controls?: readonly (ControlId | "tamper-watch")[] | undefined;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

/** One place to publish to. */
export interface Target {
  /** The ARN of an SNS topic; the usual one when left out. */
  readonly topic?: string | undefined;
  /** For whom: our own JSON with text for e-mail, Amazon Q Developer, or a security lake. */
  readonly format: "warden" | "amazon-q" | "ocsf";
  /** The id of a Slack channel, for the function that posts to Slack. */
  readonly slackChannel?: string | undefined;
}

const list = <T extends z.ZodType>(entry: T) => z.array(entry).min(1);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "is not a time like 22:00" });

const quietHours = z
  .strictObject({
    from: time,
    to: time,
    timeZone: z.string().refine(isTimeZone, { error: "is not a time zone" }).default("UTC"),
    weekends: z.boolean().default(false),
  })
  .refine(({ from, to }) => from !== to, { error: "begins when it ends" });

const target = z.strictObject({
  topic: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, {
      error: "is not the ARN of a standard SNS topic",
    })
    .optional(),
  format: z.enum(["warden", "amazon-q", "ocsf"]).default("warden"),
  slackChannel: z
    .string()
    .regex(/^[CGD][A-Z0-9]{6,20}$/, { error: "is not the id of a Slack channel" })
    .optional(),
});

const route = z.strictObject({
  name: z.string().trim().min(1),
  match: z
    .strictObject({
      severities: list(z.enum(severityLevels)).optional(),
      outcomes: list(z.enum(noticeKinds)).optional(),
      controls: list(z.enum([...controlIds, "tamper-watch"])).optional(),
      organizationalUnits: list(organizationalUnit).optional(),
      accounts: list(accountId).optional(),
    })
    .prefault({}),
  to: list(target),
  evenWhenQuiet: z.boolean().default(false),
});

export const notificationsSchema = z.strictObject({
  runbook: z
    .string()
    .regex(/^https?:\/\/\S+$/, { error: "is not the address of a page" })
    .optional(),
  quietHours: quietHours.optional(),
  routes: z.array(route).default([]),
  securityHub: z.boolean().default(false),
  burst: z.int().min(1).max(100).default(5),
  digest: target
    .refine(({ format }) => format !== "ocsf", { error: "is no finding: choose another format" })
    .optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
