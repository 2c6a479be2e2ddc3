/**
 * Where a figure is from: measured in this repository (docs/performance.md, test/path/rounds.test.ts), set in
 * stacks/, written in AWS's documentation, or believed and to be checked against a real account.
 */
type Origin = "measured" | "set" | "documented" | "unverified";

export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly origin: Origin;
}

type Rows = Readonly<
  Record<string, readonly [value: number, unit: string, origin: Origin, what: string]>
>;

/** How events happen and how they reach the hub. */
const arrival = {
  burstEvents: [3, "events", "unverified", "changes of one bucket that come together, on average"],
  burstGap: [2, "s", "unverified", "between two changes of such a burst, on average"],
  driftShare: [0.1, "of events", "unverified", "events that leave something to repair"],
  deliveryMedian: [60, "s", "unverified", "from a call to its event on the bus, median"],
  deliverySpread: [0.6, "", "unverified", "sigma of its logarithm: 99 % come within 4 medians"],
  forwarding: [0.5, "s", "unverified", "from the bus of an account over that of the hub to intake"],
} satisfies Rows;

/** How long calls and starts take. */
const times = {
  s3Call: [0.03, "s", "measured", "a call of S3's control plane, and of STS"],
  tableCall: [0.005, "s", "unverified", "a call of DynamoDB or SNS"],
  queueCall: [0.01, "s", "unverified", "a call of SQS"],
  handOver: [0.05, "s", "unverified", "from a task in the queue to the function that waits for it"],
  sandboxStart: [0.25, "s", "unverified", "what Lambda takes before it loads our code"],
  intakeImport: [0.147, "s", "measured", "loading of intake and sweep; Lambda gives a full core"],
  remediateImport: [0.166, "s", "measured", "loading of remediate, and of look"],
  keepWarm: [600, "s", "unverified", "how long Lambda keeps a container that is idle"],
  roleLife: [3_600, "s", "set", "how long a container keeps the role of an account"],
  cpuPerCall: [0.0006, "s", "measured", "CPU of one call through the SDK, on a full core"],
  cpuPerBucket: [0.0075, "s", "measured", "CPU of a whole look at a bucket, on a full core"],
  fullCore: [1_769, "MB", "documented", "memory with which a function has one core"],
} satisfies Rows;

/** How often a task waits for a call (rounds), and how many calls it makes. */
const work = {
  lookRounds: [1, "rounds", "measured", "S3, of an event with nothing to repair"],
  lookTableRounds: [3, "rounds", "measured", "the table, after such a look"],
  lookReads: [1, "calls", "measured", "S3 reads of it"],
  lookTableReads: [5, "calls", "measured", "table reads of it"],
  lookTableWrites: [1, "calls", "measured", "table writes of it"],
  proofRounds: [
    4,
    "rounds",
    "measured",
    "S3, until a repair is proven: look, look again, write, proof",
  ],
  proofTableRounds: [2, "rounds", "measured", "the table, until then: budget, before-image"],
  storyRounds: [11, "rounds", "measured", "the table and the topic, after the proof"],
  repairReads: [3, "calls", "measured", "S3 reads of a repair of one document"],
  repairWrites: [1, "calls", "measured", "S3 writes of it"],
  repairTableReads: [6, "calls", "measured", "table reads of it"],
  repairTableWrites: [9, "calls", "measured", "table writes of it"],
  openShare: [0.02, "of buckets", "unverified", "buckets on which a sweep finds something to do"],
  orderReads: [12, "calls", "measured", "S3 reads of a look by a sweep"],
  orderShared: [13, "calls", "measured", "reads that the looks of an order share"],
  orderRounds: [2, "rounds", "measured", "S3, of one look: all settings, then the last log file"],
  orderTableReads: [3, "calls", "measured", "table reads of a look"],
  orderTableWrites: [2, "calls", "measured", "table writes of it, where all is looked at first"],
  orderTableRounds: [4, "rounds", "measured", "the table and the queues, after the last look"],
  taskRounds: [2, "rounds", "measured", "S3, of the task that a look becomes"],
  taskTableRounds: [6, "rounds", "measured", "the table, after it"],
  taskReads: [14, "calls", "measured", "S3 reads of it"],
  taskTableReads: [7, "calls", "measured", "table reads of it"],
  taskTableWrites: [5, "calls", "measured", "table writes of it, its record among them"],
} satisfies Rows;

/** What the stacks set. */
const deployed = {
  intakeMemory: [512, "MB", "set", "of intake and sweep"],
  remediateMemory: [1_024, "MB", "set", "of remediate"],
  lookMemory: [1_024, "MB", "set", "of look"],
  sweepsAtOnce: [5, "functions", "set", "accounts whose buckets are listed at once"],
  sweepInterval: [86_400, "s", "set", "between two sweeps of an account"],
  sweepSpread: [3_600, "s", "unverified", "within which the schedules of all accounts go off"],
  page: [1_000, "buckets", "set", "a page of a listing"],
  order: [25, "buckets", "set", "an order to look"],
  orderInFlight: [16, "calls", "set", "S3 reads of a run of look at once"],
  batch: [10, "messages", "set", "a call that queues orders or tasks"],
} satisfies Rows;

/** What AWS allows. Only the first one slows the model down; the others are compared with. */
const quotas = {
  s3ReadQuota: [100, "1/s", "unverified", "S3 reads of an account and Region; more of them wait"],
  s3WriteQuota: [10, "1/s", "unverified", "S3 writes of an account and Region"],
  roleQuota: [600, "1/s", "unverified", "AssumeRole of the hub's account and Region"],
  queueQuota: [3_000, "1/s", "unverified", "calls of each kind on a FIFO queue of high throughput"],
  functionQuota: [1_000, "functions", "documented", "Lambda functions at once in the hub"],
} satisfies Rows;

/** List prices of us-east-1, in dollars. */
const prices = {
  priceForward: [1, "$/M", "unverified", "events from bus to bus"],
  priceRun: [0.2, "$/M", "unverified", "runs of Lambda"],
  priceGigabyteSecond: [0.0000133334, "$", "unverified", "a GB-second of Lambda on arm64"],
  priceQueue: [0.5, "$/M", "unverified", "calls of an SQS FIFO queue"],
  priceLookQueue: [0.4, "$/M", "unverified", "calls of an SQS standard queue"],
  priceTableWrite: [0.625, "$/M", "unverified", "writes of the table, 1 KB each"],
  priceTableRead: [0.125, "$/M", "unverified", "reads of the table, 4 KB each"],
  priceS3Read: [0.4, "$/M", "unverified", "reads of bucket settings"],
  priceS3Write: [5, "$/M", "unverified", "writes of bucket settings"],
  priceTopic: [0.5, "$/M", "unverified", "messages to the topic, without their delivery"],
  priceLog: [0.5, "$/GB", "unverified", "logs taken in"],
  logPerRun: [0.0000015, "GB", "unverified", "log of one run of a function"],
  idlePolls: [
    648_000,
    "calls",
    "unverified",
    "a month, each queue: five pollers that ask for 20 s each",
  ],
  fixed: [6.8, "$", "unverified", "a month: the key, 28 alarms and the dashboard"],
  days: [30, "days", "set", "a month"],
} satisfies Rows;

const all = { ...arrival, ...times, ...work, ...deployed, ...quotas, ...prices };

/** The figures that a model is fed with; times are in seconds. */
export type Assumed = Readonly<Record<keyof typeof all, number>>;

const entries: readonly (readonly [string, Rows[string]])[] = Object.entries(all);

/** Everything that the model takes as given, in the order in which it is printed. */
export const assumptions: readonly Assumption[] = entries.map(
  ([, [value, unit, origin, what]]) => ({ value, unit, origin, what }),
);

/** The values alone. */
export const assumed = Object.fromEntries(
  entries.map(([name, [value]]) => [name, value]),
) as Assumed; // the entries are all there are

/** What the model leaves out. */
export const leftOut: readonly string[] = [
  "every event arrives, once: one that is lost waits for the next sweep of its account",
  "events fall on buckets of all accounts alike, at the same rate all day, and all are in one Region",
  "the queue of tasks gives out the oldest one whose bucket is free, whether an event or a sweep asked for it",
  "the queue of looks gives accounts their turns, one order each",
  "who is above S3's rate waits as long as it must, in the function, and does not fail",
  "a repair writes one document; nothing of the organization is listed again, no approval, no Slack",
  "what a sweep finds to do is to be recorded and told, not repaired: events have been there before",
  "no bucket is left out of a sweep (limits.fullLookHours), and none is new",
];
