import { controls } from "@bucket-warden/core/controls";
import { eventRules, ruleState } from "@bucket-warden/core/event";
import { fingerprint } from "@bucket-warden/core/kernel";
import { createDeliver } from "@bucket-warden/functions/deliver";
import { createDigest } from "@bucket-warden/functions/digest";
import { createHistory } from "@bucket-warden/functions/history";
import { createIntake } from "@bucket-warden/functions/intake";
import { createInvoke, type ManualAnswer } from "@bucket-warden/functions/invoke";
import { createLook } from "@bucket-warden/functions/look";
import { createRemediate } from "@bucket-warden/functions/remediate";
import { createSweep } from "@bucket-warden/functions/sweep";
import { type Bus, createBus, type Disorder, type Rule } from "../event-bus/bus.ts";
import { parsePattern } from "../event-bus/pattern.ts";
import type { StandingRule } from "../events/rule.ts";
import { type FunctionSettings, invokeLambda, type LambdaHandler } from "../lambda/host.ts";
import { type QueuePoller, startQueuePoller } from "../lambda/queue-poller.ts";
import type { Sandbox } from "../sandbox.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { provision, type Resources } from "./provision.ts";
import { createRounds } from "./rounds.ts";

export interface DeploymentOptions {
  /** The baseline as JSON, as it would stand in the environment of the functions. */
  readonly baseline: object;
  /** How events arrive; once, at once and in order when left out. */
  readonly disorder?: Disorder;
  /** How long a task whose delivery died stays hidden; 60 when left out. */
  readonly visibilityTimeoutSeconds?: number;
  /** Whether messages leave as soon as a task was worked off, and not only when `send` is called. */
  readonly sendsByItself?: boolean;
  /** More environment variables of the functions, or others than the usual ones. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What one function has differently, such as the keys of its own role. */
  readonly variablesOf?: (name: FunctionName) => Readonly<Record<string, string>>;
}

const functionNames = [
  "intake",
  "remediate",
  "deliver",
  "digest",
  "sweep",
  "look",
  "invoke",
  "history",
] as const;

type FunctionName = (typeof functionNames)[number];

/** The real Lambda handlers behind the real event pattern, in a sandbox account. */
export interface Deployment {
  /** The environment variables of the functions. */
  readonly variables: Readonly<Record<string, string>>;
  readonly resources: Resources;
  /** Switches the event rule on: from now on configuration calls are answered. */
  readonly watch: () => void;
  /** Of the account of the sandbox, or another one. */
  readonly sweep: (account?: string) => Promise<{ readonly looks: number }>;
  readonly invoke: (payload: unknown) => Promise<ManualAnswer>;
  /** Sends what lies in the outbox, as the schedule does each minute. */
  readonly send: () => Promise<void>;
  /** Tells the digest of the day. */
  readonly digest: () => Promise<void>;
  /** Hears every message that people get. Returns how to stop. */
  readonly onMessage: Inbox["onMessage"];
  /** Resolves when no event, task or message is under way. */
  readonly idle: () => Promise<void>;
  /** What handlers threw outside a batch answer. */
  readonly failures: readonly unknown[];
  readonly stop: () => Promise<void>;
}

export async function deploy(sandbox: Sandbox, options: DeploymentOptions): Promise<Deployment> {
  const resources = await provision(sandbox, options.visibilityTimeoutSeconds ?? 60);
  const variables = {
    ...variablesOf(sandbox, resources, options.baseline),
    ...options.variables,
  };
  const variablesFor = (name: FunctionName) => ({ ...variables, ...options.variablesOf?.(name) });
  const failures: unknown[] = [];
  const inbox = createInbox(sandbox.world, resources.inboxArn);
  const deliver = createDeliver(variablesFor("deliver"));
  // Nobody waits a minute here: its turn comes whenever something was worked off.
  const send = createRounds(() =>
    invokeLambda(deliver, {}, settingsOf(sandbox, "deliver")).catch((error: unknown) => {
      failures.push(error);
    }),
  );
  const { poller, looks } = startPollers({
    sandbox,
    resources,
    variablesFor,
    afterTask: (options.sendsByItself ?? true) ? send : async () => {},
    onError: (error) => failures.push(error),
  });
  const buses = createBuses(sandbox, variablesFor("intake"), options);
  const sweep = createSweep(variablesFor("sweep"));
  const digest = createDigest(variablesFor("digest"));
  const invoke = createInvoke(variablesFor("invoke"));
  offer(sandbox, { invoke, sweep, history: createHistory(variablesFor("history")) });
  for (const name of functionNames) {
    const { functionName } = settingsOf(sandbox, name);
    sandbox.world.functionVariables.set(functionName, variablesFor(name));
  }
  return {
    variables,
    resources,
    failures,
    watch: buses.watch,
    sweep: (account) => {
      const event = account === undefined ? {} : { account };
      return invokeLambda(sweep, event, settingsOf(sandbox, "sweep"));
    },
    invoke: (payload) => invokeLambda(invoke, payload, settingsOf(sandbox, "invoke")),
    onMessage: inbox.onMessage,
    send,
    digest: async () => {
      await invokeLambda(digest, {}, settingsOf(sandbox, "digest"));
    },
    idle: () => allIdle(sandbox, { buses, looks, poller, inbox, send }),
    stop: async () => {
      buses.stop();
      await looks.stop();
      await poller.stop();
      await inbox.stop();
    },
  };
}

interface PollerTerms {
  readonly sandbox: Sandbox;
  readonly resources: Resources;
  readonly variablesFor: (name: FunctionName) => Readonly<Record<string, string>>;
  /** What happens once a task was worked off. */
  readonly afterTask: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Has both queues worked off, by as many as are deployed when nobody sets anything else. */
function startPollers({ sandbox, resources, variablesFor, afterTask, onError }: PollerTerms) {
  const common = { world: sandbox.world, batchSize: 1, onError };
  const remediate = createRemediate(variablesFor("remediate"));
  const poller = startQueuePoller({
    ...common,
    queueArn: resources.taskQueueArn,
    handler: async (event, context) => {
      const answer = await remediate(event, context);
      await afterTask();
      return answer;
    },
    settings: settingsOf(sandbox, "remediate"),
    concurrency: 10,
  });
  const looks = startQueuePoller({
    ...common,
    queueArn: resources.lookQueueArn,
    handler: createLook(variablesFor("look")),
    settings: settingsOf(sandbox, "look"),
    concurrency: 5,
  });
  return { poller, looks };
}

/** Makes functions callable through the endpoint, as people call those that are deployed. */
function offer(sandbox: Sandbox, handlers: Readonly<Record<string, Handler>>): void {
  for (const [name, handler] of Object.entries(handlers)) {
    const settings = settingsOf(sandbox, name);
    const run = (event: unknown) => invokeLambda(handler, event, settings);
    sandbox.world.functions.set(settings.functionName, run);
  }
}

type Handler = LambdaHandler<unknown, unknown>;

interface Workers {
  readonly buses: Buses;
  readonly looks: QueuePoller;
  readonly poller: QueuePoller;
  readonly inbox: Inbox;
  readonly send: Deployment["send"];
}

/** Working off a task makes records, and those make tasks, so it takes a round that made none. */
async function allIdle({ world }: Sandbox, workers: Workers): Promise<void> {
  const { buses, looks, poller, inbox, send } = workers;
  let seen: number;
  do {
    seen = world.records.length;
    await Promise.all(world.background);
    await buses.idle();
    await looks.idle();
    await poller.idle();
  } while (world.records.length > seen);
  await send();
  await inbox.idle();
}

interface Buses {
  readonly watch: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
}

/** One default bus for each region, all with the rule that is deployed. */
function createBuses(
  sandbox: Sandbox,
  variables: Deployment["variables"],
  { disorder }: DeploymentOptions,
): Buses {
  const intake = createIntake(variables);
  const { account, world } = sandbox;
  const patterns = eventRules(controls).map(({ name, pattern }) => ({
    name: `bucket-warden-${name}`,
    state: ruleState(name),
    pattern: parsePattern(JSON.stringify(pattern)),
  }));
  /** Stands in the world as well, where whoever may can switch it off or delete it. */
  const ruleIn = (region: string, { name, state, pattern }: (typeof patterns)[number]): Rule => {
    const standing: StandingRule = { account, region, name, state };
    world.eventRules.push(standing);
    const now = () => (world.eventRules.includes(standing) ? standing.state : "DISABLED");
    return {
      name,
      pattern,
      target,
      get state() {
        return now();
      },
    };
  };
  const target = (event: unknown) => invokeLambda(intake, event, settingsOf(sandbox, "intake"));
  const buses = new Map<string, Bus>();
  const busIn = (region: string): Bus => {
    const bus =
      buses.get(region) ??
      createBus({ account, region, ...(disorder === undefined ? {} : { disorder }) });
    if (!buses.has(region)) for (const it of patterns) bus.addRule(ruleIn(region, it));
    buses.set(region, bus);
    return bus;
  };
  busIn(sandbox.region);
  let stop = () => {};
  return {
    watch: () => {
      stop = sandbox.onRecord((record) => {
        // The trail of the organization logs every account, but each account has its own bus.
        if (record.recipientAccountId !== sandbox.account) return;
        void busIn(record.awsRegion).deliver(record);
      });
    },
    idle: async () => {
      for (const bus of buses.values()) await bus.idle();
    },
    stop: () => stop(),
  };
}

function variablesOf(
  sandbox: Sandbox,
  resources: Resources,
  baseline: object,
): Deployment["variables"] {
  return {
    ...sandbox.environment,
    AWS_ACCESS_KEY_ID: "bucket-warden",
    WARDEN_BASELINE: JSON.stringify(baseline),
    WARDEN_BASELINE_PRINT: fingerprint(baseline),
    WARDEN_RELEASE: "sandbox",
    WARDEN_TASK_QUEUE_URL: resources.taskQueueUrl,
    WARDEN_LOOK_QUEUE_URL: resources.lookQueueUrl,
    WARDEN_LEDGER_TABLE: resources.ledgerTable,
    WARDEN_TOPIC_ARN: resources.topicArn,
    WARDEN_STOP_PARAMETER: "/bucket-warden/stop",
    WARDEN_LOG_LEVEL: "SILENT",
    WARDEN_METRICS: "off",
    WARDEN_RETRY_SECONDS: "1",
  };
}

function settingsOf({ account, region }: Sandbox, name: string): FunctionSettings {
  return { functionName: `bucket-warden-${name}`, timeoutMilliseconds: 60_000, account, region };
}
