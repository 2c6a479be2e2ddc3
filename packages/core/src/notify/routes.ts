import type { Notifications, Route, Target } from "../baseline/index.ts";
import type { Change, Message, Notice } from "./message.ts";
import { severityOf } from "./message.ts";
import { isQuiet } from "./quiet.ts";

/** Where a message can go, completely named. */
export type Destination =
  | ({ readonly kind: "topic"; readonly topic: string } & Pick<Target, "format" | "slackChannel">)
  | { readonly kind: "security-hub" };

export type TopicDestination = Extract<Destination, { kind: "topic" }>;

/** What one destination gets of a message. */
export interface Letter {
  readonly to: Destination;
  readonly message: Message;
  /** It has to wait until the quiet hours are over. */
  readonly waits: boolean;
}

export interface Routing {
  readonly notifications: Notifications;
  /** The ARN of the topic for what no route names. */
  readonly topic: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What each destination gets of a message; together they get each notice at least once. */
export function lettersOf(message: Message, routing: Routing): readonly Letter[] {
  const { notifications } = routing;
  const quiet = isQuiet(notifications.quietHours, routing.now);
  const addressed = message.notices.flatMap((notice) => addressesOf(notice, message, routing));
  const topics = [...Map.groupBy(addressed, ({ to }) => destinationKey(to)).values()];
  const letters = topics.flatMap((group) => {
    const notices = message.notices.filter((it) => group.some(({ notice }) => notice === it));
    const waits = quiet && !group.some(({ evenWhenQuiet }) => evenWhenQuiet);
    return group.slice(0, 1).map(({ to }) => ({ to, message: only(message, notices), waits }));
  });
  if (!notifications.securityHub) return letters;
  return [...letters, { to: { kind: "security-hub" }, message, waits: false }];
}

/** Text that is the same exactly when the destination is. */
export function destinationKey(to: Destination): string {
  if (to.kind === "security-hub") return to.kind;
  return [to.topic, to.format, to.slackChannel ?? ""].join(" ");
}

/** The destination of a target: what it leaves out is the usual. */
export function destinationOf(target: Target | undefined, topic: string): TopicDestination {
  const { format = "warden", slackChannel } = target ?? {};
  const where = { kind: "topic", topic: target?.topic ?? topic, format } as const;
  return slackChannel === undefined ? where : { ...where, slackChannel };
}

interface Addressed {
  readonly notice: Notice;
  readonly to: Destination;
  readonly evenWhenQuiet: boolean;
}

function addressesOf(
  notice: Notice,
  message: Message,
  { notifications, topic }: Routing,
): readonly Addressed[] {
  // Nobody may sleep through an alarm.
  const urgent = severityOf({ notices: [notice] }) === "critical";
  const found: Addressed[] = [];
  for (const route of notifications.routes) {
    const fit = fits(route, notice, message);
    if (fit === "no") continue;
    const evenWhenQuiet = urgent || route.evenWhenQuiet;
    found.push(
      ...route.to.map((target) => ({ notice, to: destinationOf(target, topic), evenWhenQuiet })),
    );
    if (fit === "yes") return found;
  }
  return [...found, { notice, to: destinationOf(undefined, topic), evenWhenQuiet: urgent }];
}

/** Where units could not be read, a route that asks for them may be meant: it gets a copy. */
function fits({ match }: Route, notice: Notice, message: Message): "yes" | "no" | "perhaps" {
  const { severities, outcomes, controls, accounts, organizationalUnits: wanted } = match;
  const { on, organizationalUnits: units } = message;
  const criteria = [
    severities === undefined || severities.includes(severityOf({ notices: [notice] })),
    outcomes === undefined || outcomes.includes(notice.kind),
    controls === undefined || controls.some((control) => control === notice.control),
    accounts === undefined || accounts.includes(on.account),
  ];
  if (criteria.includes(false)) return "no";
  if (wanted === undefined) return "yes";
  if (units === undefined) return "perhaps";
  return units.some((unit) => wanted.includes(unit)) ? "yes" : "no";
}

/** The message with some of its notices, and the changes that belong to these. */
function only(message: Message, notices: readonly Notice[]): Message {
  if (notices.length === message.notices.length) return message;
  const controls = new Set(notices.map(({ control }) => control));
  const theirs = (changes: readonly Change[]) =>
    changes.filter((change) => change.controls.some((control) => controls.has(control)));
  const { proposals } = message;
  return {
    ...message,
    notices,
    changes: theirs(message.changes),
    ...(proposals === undefined ? {} : { proposals: theirs(proposals) }),
  };
}
