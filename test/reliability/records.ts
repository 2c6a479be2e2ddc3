import { paginateQuery } from "@aws-sdk/client-dynamodb";
import type { LedgerEntry, PlanStep } from "@bucket-warden/core/model";
import { ledgerClientOf } from "../path/ledger-client.ts";
import type { Rehearsal } from "../path/rehearsal.ts";

/** What the table holds of one task. */
export interface Records {
  readonly entry: LedgerEntry | undefined;
  /** The steps whose before-images are kept. */
  readonly images: readonly PlanStep[];
}

/** Reads the records of a task from the table, without the ledger's own queries. */
export async function recordsOf(stage: Rehearsal, task: string): Promise<Records> {
  const client = ledgerClientOf(stage);
  const pages = paginateQuery(
    { client },
    {
      TableName: stage.deployment.resources.ledgerTable,
      KeyConditionExpression: "pk = :task",
      ExpressionAttributeValues: { ":task": { S: `task#${task}` } },
      ConsistentRead: true,
    },
  );
  const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
  const rows = items.map(({ sk, json }) => ({
    sort: sk?.S ?? "",
    value: JSON.parse(json?.S ?? "null"),
  }));
  return {
    entry: rows.find(({ sort }) => sort === "entry")?.value,
    images: rows.filter(({ sort }) => sort.startsWith("image#")).map(({ value }) => value.step),
  };
}

/**
 * Everything that is configured on a bucket, with the bucket's own name left out; of a name like
 * `account 222233334444` the block of that account.
 */
export function configurationOf({ sandbox: { world } }: Rehearsal, name: string): string {
  const { configuration } = world.buckets.get(name) ?? {};
  const block = world.accountPublicAccessBlocks.get(name.replace("account ", ""));
  return JSON.stringify(configuration ?? block ?? "none").replaceAll(name, "{bucket}");
}

/** The same, document by document; a policy is the text that was put. */
export function documentsOf({ sandbox }: Rehearsal, bucket: string): ReadonlyMap<string, string> {
  const { configuration } = sandbox.world.buckets.get(bucket) ?? {};
  const { policy, documents = {} } = configuration ?? {};
  const texts = Object.entries({ ...documents, ...(policy === undefined ? {} : { policy }) });
  return new Map(
    texts
      .map(([name, value]): [string, string] => [
        name,
        JSON.stringify(value).replaceAll(bucket, "{bucket}"),
      ])
      .toSorted(([one], [other]) => one.localeCompare(other)),
  );
}
