import { type Baseline, endOf, type Waiver } from "./baseline/index.ts";
import type { DeliveryPorts, DeliveryTerms } from "./deliver.ts";
import { type Clock, dayMilliseconds, isoTime } from "./kernel/index.ts";
import { resourceName } from "./model/index.ts";
import { type Bulletin, type DigestFacts, destinationOf, digestOf } from "./notify/index.ts";
import type { Note, Outbox } from "./outbox.ts";
import type { Ledger } from "./record/index.ts";

/** Everything outside core that a digest touches. */
export interface DigestPorts {
  readonly outbox: Pick<Outbox, "notesSince">;
  readonly ledger: Pick<Ledger, "standing">;
  readonly carriers: Pick<DeliveryPorts["carriers"], "publish">;
  readonly clock: Clock;
}

const hours = 24;

/**
 * Tells what is open, what the last day brought, which waivers end and what could not be delivered.
 * Throws when the digest itself cannot be sent.
 */
export async function tellDigest(
  { topic, notifications }: Pick<DeliveryTerms, "topic" | "notifications">,
  { waivers }: Pick<Baseline, "waivers">,
  ports: DigestPorts,
): Promise<Bulletin> {
  const digest = digestOf(await factsOf(waivers, ports));
  const to = destinationOf(notifications.digest, topic);
  await ports.carriers.publish(to, digest);
  return digest;
}

async function factsOf(waivers: Baseline["waivers"], ports: DigestPorts): Promise<DigestFacts> {
  const now = ports.clock.now();
  const ago = (days: number) => new Date(now - days * dayMilliseconds).toISOString();
  const [kept, standing] = await Promise.all([
    // What is given up today was to be sent yesterday.
    ports.outbox.notesSince(ago(2)),
    Array.fromAsync(ports.ledger.standing()),
  ]);
  const notes = kept.filter(({ at }) => at >= ago(1));
  return {
    at: isoTime(ports.clock),
    hours,
    open: standing.flatMap(({ on, open }) =>
      open.map((it) => ({ ...it, resource: resourceName(on), account: on.account })),
    ),
    news: notes.flatMap(({ news }) => news),
    repairMilliseconds: notes.flatMap(({ repairMilliseconds }) => repairMilliseconds ?? []),
    waivers: waivers.valid.filter((it) => endsSoon(it, now)).map(shown),
    invalidWaivers: waivers.invalid.length,
    undelivered: kept.flatMap(undeliveredIn),
  };
}

const soonMilliseconds = 7 * dayMilliseconds;

function endsSoon(waiver: Waiver, now: number): boolean {
  const end = endOf(waiver);
  return end > now && end <= now + soonMilliseconds;
}

function shown({
  buckets,
  accounts,
  controls,
  approver,
  expires,
}: Waiver): DigestFacts["waivers"][number] {
  const where = [...(buckets ?? []), ...(accounts ?? [])].join(", ");
  return { what: `${controls.join(", ")} on ${where}`, approver, until: expires };
}

function undeliveredIn({ failures }: Note): DigestFacts["undelivered"] {
  return failures.map(({ to, since, error, final = false }) => ({ to, since, error, final }));
}
