import { CloudWatchLogsClient, paginateDescribeDeliveries } from "@aws-sdk/client-cloudwatch-logs";
import type { VendedLogs } from "../../model/facets.ts";
import { type BucketRef, bucketArn } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import { type DeliverySource, deliverySourcesIn } from "./delivery-sources.ts";
import { askOnce, askShared, type FacetReader } from "./facet-reader.ts";
import { loggingReader } from "./logging.ts";

/**
 * Asks CloudWatch Logs only where the answer matters. The caller needs no permission of CloudWatch
 * Logs as long as S3 itself logs.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/AWS-logs-and-resource-policy.html
 */
export const vendedLogsReader: FacetReader<VendedLogs> = {
  absent: "none",
  async ask(clients, on, context) {
    const byS3 = await askOnce(loggingReader, clients, on, context);
    if (byS3 !== undefined) return { kind: "not-asked" };
    const sources = await sourcesOf(clients, on, context);
    if (sources.length === 0) return undefined;
    return { kind: "sources", sources: await withDestinations(clients, on, { sources, context }) };
  },
};

type Source = Pick<DeliverySource, "name" | "isActive">;

/** CloudWatch Logs takes few calls a second: whoever looks at many buckets asks about all at once. */
async function sourcesOf(
  clients: Clients,
  on: BucketRef,
  context: ReadContext,
): Promise<readonly Source[]> {
  const arn = bucketArn(on);
  const only = context.shared === undefined ? [arn] : undefined;
  const ask = () => Array.fromAsync(deliverySourcesIn(clients, on, only));
  const found = await askShared(context, ["delivery sources", on.account, on.region], ask);
  return found
    .filter(({ resourceArns }) => resourceArns.includes(arn))
    .map(({ name, isActive }) => ({ name, isActive }));
}

async function withDestinations(
  clients: Clients,
  on: BucketRef,
  { sources, context }: { readonly sources: readonly Source[]; readonly context: ReadContext },
): Promise<Extract<VendedLogs, { kind: "sources" }>["sources"]> {
  const ask = () => destinationsIn(clients, on);
  const destinations = await askShared(context, ["deliveries", on.account, on.region], ask);
  return sources.map((source) => ({
    ...source,
    destinations: destinations.get(source.name) ?? [],
  }));
}

/** Where the logs of each source go. */
async function destinationsIn(
  clients: Clients,
  on: BucketRef,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const destinations = new Map<string, string[]>();
  for await (const page of paginateDescribeDeliveries(
    { client: clients.of(CloudWatchLogsClient, on) },
    {},
  )) {
    for (const { deliverySourceName: name = "", deliveryDestinationArn } of page.deliveries ?? []) {
      const known = destinations.get(name) ?? [];
      destinations.set(name, [...known, deliveryDestinationArn ?? "a destination without a name"]);
    }
  }
  return destinations;
}
