import type { Notifications } from "./baseline/index.ts";
import { type Clock, dayMilliseconds, isoTime } from "./kernel/index.ts";
import type { AccountId } from "./model/index.ts";
import {
  type AccountTraits,
  burstOf,
  type Context,
  complete,
  type Desk,
  type Destination,
  destinationKey,
  type Letter,
  lettersOf,
  type Mail,
  type Message,
  type TopicDestination,
} from "./notify/index.ts";
import type { Failure, Outbox, Post } from "./outbox.ts";

/** Where mail leaves. Ports: each throws when the mail was not taken. */
export interface Carriers {
  readonly publish: (to: TopicDestination, mail: Mail) => Promise<void>;
  /** Gives Security Hub the findings of these messages, and says which of them it did not take. */
  readonly importFindings: (messages: readonly Message[]) => Promise<ReadonlyMap<Message, string>>;
}

export interface DeliveryPorts {
  readonly outbox: Pick<Outbox, "open" | "keep">;
  readonly carriers: Carriers;
  readonly traitsOf: (account: AccountId) => Promise<AccountTraits>;
  readonly clock: Clock;
}

export interface DeliveryTerms {
  readonly notifications: Notifications;
  /** The ARN of the topic for what no route names. */
  readonly topic: string;
  readonly desk: Desk;
}

/**
 * Sends a message at once to every topic that is to have it, and gives the keys of these. Throws when
 * one of them failed, after all were tried; the message must then be sent again.
 */
export async function deliverNow(
  message: Message,
  terms: DeliveryTerms,
  ports: Omit<DeliveryPorts, "outbox">,
): Promise<readonly string[]> {
  const { notifications, topic } = terms;
  const whole = complete(message, await contextOf(message.on.account, terms, ports));
  const letters = lettersOf(whole, { notifications, topic, now: ports.clock.now() });
  const attempts = letters.map(async ({ to, message: own }) => {
    if (to.kind === "topic") await ports.carriers.publish(to, own);
    return to;
  });
  const results = await Promise.allSettled(attempts);
  const failed = results.find((it) => it.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return letters.flatMap(({ to }) => (to.kind === "topic" ? [destinationKey(to)] : []));
}

/** What one round of deliveries came to, in messages and destinations. */
export interface Round {
  /** How much was published; a burst counts once. */
  readonly sent: number;
  /** Waiting for the end of the quiet hours. */
  readonly waiting: number;
  /** Not taken, and tried again in the next round. */
  readonly failed: number;
  /** Not taken for so long that it is given up. */
  readonly givenUp: number;
}

/**
 * Sends what lies in the outbox, and notes after each sending who has it: a channel that fails holds up
 * no other, and a crash repeats no more than what was being sent. Two rounds must not overlap.
 */
export async function deliver(terms: DeliveryTerms, ports: DeliveryPorts): Promise<Round> {
  const posts = await ports.outbox.open();
  const due = await dueOf(posts, terms, ports);
  const progress = new Map(posts.map((post) => [post, post] as const));
  const nobodyWaitsFor = posts.filter((post) => !due.some((it) => it.post === post));
  await Promise.all(nobodyWaitsFor.map((post) => ports.outbox.keep(post, true)));
  const trouble = new Map<string, number>();
  let sent = 0;
  for (const batch of batchesOf(due)) {
    const results = await sendUnlessDown(batch, trouble, { terms, ports });
    sent += results.published;
    await Promise.all(
      batch.map(({ post, letter }) => {
        const failure = results.failures.get(post);
        const next = afterAttempt(progress.get(post) ?? post, letter, { failure, ports });
        progress.set(post, next);
        return ports.outbox.keep(next, isSettled(next, due));
      }),
    );
  }
  return { sent, ...countsOf([...progress.values()], due) };
}

/** One letter of one post that is to be sent now or later. */
interface Due {
  readonly post: Post;
  readonly letter: Letter;
}

async function dueOf(
  posts: readonly Post[],
  terms: DeliveryTerms,
  ports: DeliveryPorts,
): Promise<readonly Due[]> {
  const { notifications, topic } = terms;
  const now = ports.clock.now();
  const due = posts.map(async (post) => {
    const whole = complete(post.message, await contextOf(post.message.on.account, terms, ports));
    const letters = lettersOf(whole, { notifications, topic, now });
    return letters.filter(({ to }) => isOpen(post, to)).map((letter) => ({ post, letter }));
  });
  return (await Promise.all(due)).flat();
}

async function contextOf(
  account: AccountId,
  { notifications: { runbook }, desk }: DeliveryTerms,
  { traitsOf }: Pick<DeliveryPorts, "traitsOf">,
): Promise<Context> {
  const traits = await traitsOf(account);
  return { desk, ...(runbook === undefined ? {} : { runbook }), ...traits };
}

function isOpen({ done, failures }: Post, destination: Destination): boolean {
  const key = destinationKey(destination);
  return !done.includes(key) && !failures.some(({ to, final }) => to === key && final === true);
}

type Batch = readonly [Due, ...Due[]];

/** What goes to the same place, of the same account, goes together. */
function batchesOf(due: readonly Due[]): readonly Batch[] {
  const now = due.filter(({ letter }) => !letter.waits);
  const groups = Map.groupBy(now, ({ letter: { to, message } }) => {
    const { account, region } = message.on;
    // Security Hub takes findings of one account and Region at a time.
    return [destinationKey(to), account, to.kind === "security-hub" ? region : ""].join(" ");
  });
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
}

interface Results {
  readonly published: number;
  readonly failures: ReadonlyMap<Post, string>;
}

/** A destination that failed so often in one round is left alone until the next. */
const mostFailures = 2;

async function sendUnlessDown(
  batch: Batch,
  trouble: Map<string, number>,
  { terms, ports }: { readonly terms: DeliveryTerms; readonly ports: DeliveryPorts },
): Promise<Results> {
  const key = destinationKey(batch[0].letter.to);
  const before = trouble.get(key) ?? 0;
  if (before >= mostFailures) {
    const why = "it was not tried, because others failed just before";
    return { published: 0, failures: new Map(batch.map(({ post }) => [post, why])) };
  }
  const results = await send(batch, terms, ports);
  trouble.set(key, results.failures.size === 0 ? 0 : before + 1);
  return results;
}

function send(batch: Batch, terms: DeliveryTerms, ports: DeliveryPorts): Promise<Results> {
  const [{ letter }] = batch;
  const { to } = letter;
  if (to.kind === "security-hub") return importAll(batch, ports);
  const isBurst = batch.length > terms.notifications.burst && to.format !== "ocsf";
  return isBurst ? publishBurst(batch, to, ports) : publishEach(batch, to, ports);
}

async function publishBurst(
  batch: Batch,
  to: TopicDestination,
  ports: DeliveryPorts,
): Promise<Results> {
  const [first, ...rest] = batch.map(({ letter }) => letter.message);
  if (first === undefined) return { published: 0, failures: new Map() };
  const failure = await failureOf(
    ports.carriers.publish(to, burstOf([first, ...rest], isoTime(ports.clock))),
  );
  if (failure === undefined) return { published: 1, failures: new Map() };
  return { published: 0, failures: new Map(batch.map(({ post }) => [post, failure])) };
}

/** In order; one that is refused may be at fault itself, so that one more is tried. */
async function publishEach(
  batch: Batch,
  to: TopicDestination,
  { carriers }: DeliveryPorts,
): Promise<Results> {
  const failures = new Map<Post, string>();
  for (const { post, letter } of batch) {
    const last = [...failures.values()].at(-1);
    const failure =
      failures.size >= mostFailures ? last : await failureOf(carriers.publish(to, letter.message));
    if (failure !== undefined) failures.set(post, failure);
  }
  return { published: batch.length - failures.size, failures };
}

async function importAll(batch: Batch, { carriers }: DeliveryPorts): Promise<Results> {
  const messages = batch.map(({ letter }) => letter.message);
  try {
    const refused = await carriers.importFindings(messages);
    const failures = batch.flatMap(({ post, letter }) => {
      const why = refused.get(letter.message);
      return why === undefined ? [] : [[post, why] as const];
    });
    return { published: batch.length - failures.length, failures: new Map(failures) };
  } catch (error) {
    const why = textOfError(error);
    return { published: 0, failures: new Map(batch.map(({ post }) => [post, why])) };
  }
}

async function failureOf(attempt: Promise<void>): Promise<string | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    return textOfError(error);
  }
}

function textOfError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** After a day of attempts a channel is not coming back by itself, and old news helps nobody. */
const patienceMilliseconds = dayMilliseconds;

function afterAttempt(
  post: Post,
  { to }: Letter,
  { failure, ports }: { readonly failure: string | undefined; readonly ports: DeliveryPorts },
): Post {
  const key = destinationKey(to);
  const others = post.failures.filter((it) => it.to !== key);
  if (failure === undefined) return { ...post, done: [...post.done, key], failures: others };
  const now = ports.clock.now();
  const since = post.failures.find((it) => it.to === key)?.since ?? new Date(now).toISOString();
  const isFinal = now - Date.parse(since) >= patienceMilliseconds;
  const kept: Failure = { to: key, since, error: failure, ...(isFinal ? { final: true } : {}) };
  return { ...post, failures: [...others, kept] };
}

/** Every destination has it, or is given up. */
function isSettled(post: Post, due: readonly Due[]): boolean {
  const wanted = due.filter((it) => it.post.place === post.place);
  return wanted.every(({ letter }) => !isOpen(post, letter.to));
}

function countsOf(posts: readonly Post[], due: readonly Due[]): Omit<Round, "sent"> {
  const failures = posts.flatMap((post) => post.failures);
  return {
    waiting: due.filter(({ letter }) => letter.waits).length,
    failed: failures.filter(({ final }) => final !== true).length,
    givenUp: failures.filter(({ final }) => final === true).length,
  };
}
