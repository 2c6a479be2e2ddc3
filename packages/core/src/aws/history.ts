import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { receiveRecord } from "../event/index.ts";
import type { BucketRef } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import type { History, PastChange } from "../record/index.ts";
import type { Clients } from "./clients.ts";
import { describeError } from "./errors.ts";

/**
 * Asks event history, which keeps 90 days of every account and Region whether a trail logs or not.
 * It shows reads among the writes and answers twice a second at most, so what is asked is bounded.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createHistory(clients: Clients, limits: Limits = {}): History {
  const { patienceMilliseconds = 4_000, mostPages = 4 } = limits;
  return {
    async *changesOf(bucket, before) {
      const client = clients.of(CloudTrailClient, bucket, { maxAttempts: 2 });
      const giveUp = AbortSignal.timeout(patienceMilliseconds);
      try {
        yield* pages(client, bucket, { before, mostPages, giveUp });
      } catch (error) {
        const why = giveUp.aborted ? "it took too long" : describeError(error);
        yield { kind: "end", why: `CloudTrail did not tell: ${why}` };
      }
    },
  };
}

interface Limits {
  /** For everything that is asked about one bucket. */
  readonly patienceMilliseconds?: number;
  /** Of 50 calls each. */
  readonly mostPages?: number;
}

async function* pages(
  client: CloudTrailClient,
  bucket: BucketRef,
  { before, mostPages, giveUp }: { before: string; mostPages: number; giveUp: AbortSignal },
): AsyncIterable<PastChange> {
  // Records tell whole seconds, so that only an earlier second is surely before.
  const end = Math.floor(Date.parse(before) / 1_000) * 1_000;
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { Events = [], NextToken } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: bucket.name }],
        EndTime: new Date(end),
        MaxResults: 50,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
      { abortSignal: giveUp },
    );
    for (const { CloudTrailEvent: text = "" } of Events) {
      const change = changeIn(text, bucket);
      if (change !== undefined && Date.parse(change.eventTime) < end) {
        yield { kind: "change", change };
      }
    }
    if (NextToken === undefined) {
      yield { kind: "end", why: "CloudTrail shows no such call in the last 90 days" };
      return;
    }
    token = NextToken;
  }
  yield { kind: "end", why: `the latest ${mostPages * 50} calls do not show it` };
}

/** Event history also has calls that only name a bucket, e.g. as the target of logs. */
function changeIn(text: string, bucket: BucketRef): ConfigChange | undefined {
  try {
    const received = receiveRecord(JSON.parse(text), "LookupEvents");
    if (received.kind !== "trigger") return undefined;
    const { on } = received.trigger;
    return on.kind === "bucket" && on.name === bucket.name ? received.trigger : undefined;
  } catch {
    return undefined; // a record that cannot be read attributes nothing
  }
}
