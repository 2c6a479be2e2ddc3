import { DeleteItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import type { PlanStep } from "@bucket-warden/core/model";
import { ledgerClientOf } from "../path/ledger-client.ts";
import type { Rehearsal } from "../path/rehearsal.ts";

/** What the ledger holds, read without its own queries. */
export interface Books {
  /** `bucket document`, once for each before-image. */
  readonly images: readonly string[];
  readonly rows: readonly { readonly pk: string; readonly sk: string }[];
}

export async function openBooks(stage: Rehearsal): Promise<Books> {
  const client = ledgerClientOf(stage);
  const TableName = stage.deployment.resources.ledgerTable;
  const pages = paginateScan({ client }, { TableName, ConsistentRead: true });
  const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
  const rows = items.map(({ pk, sk }) => ({ pk: pk?.S ?? "", sk: sk?.S ?? "" }));
  const images = items
    .filter(({ sk }) => sk?.S?.startsWith("image#"))
    .map(({ json }) => imageOf((JSON.parse(json?.S ?? "null") as { step: PlanStep }).step));
  return { images, rows };
}

function imageOf({ on, document }: PlanStep): string {
  return `${on.kind === "bucket" ? on.name : on.account} ${document}`;
}

/** Deletes what DynamoDB would have deleted by its time to live after months. */
export async function expire(stage: Rehearsal, { rows }: Books): Promise<void> {
  // The states too: of hundreds of repairs within minutes a deployment would rightly have enough.
  const old = rows.filter(
    ({ pk, sk }) => /^(task|outbox|sweep)#/.test(pk) || /^(entry#|states$)/.test(sk),
  );
  await remove(stage, old);
}

/** As if the hour were over after which nobody waits for a sweep that died in a fault any more. */
export async function forgetSweeps(stage: Rehearsal): Promise<void> {
  const { rows } = await openBooks(stage);
  await remove(
    stage,
    rows.filter(({ pk, sk }) => pk.startsWith("account#") && sk.startsWith("run#")),
  );
}

async function remove(stage: Rehearsal, rows: Books["rows"]): Promise<void> {
  const client = ledgerClientOf(stage);
  const TableName = stage.deployment.resources.ledgerTable;
  for (const { pk, sk } of rows) {
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
  }
}
