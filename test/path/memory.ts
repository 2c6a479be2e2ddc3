import { paginateScan } from "@aws-sdk/client-dynamodb";
import {
  type FindingStates,
  type LedgerEntry,
  type PlanStep,
  resourceName,
} from "@bucket-warden/core/model";
import { ledgerClientOf } from "./ledger-client.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** What the table holds of one bucket. */
export interface Memory {
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** The steps whose before-images are kept. */
  readonly images: readonly PlanStep[];
  readonly states: FindingStates | undefined;
}

interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly value: unknown;
}

/** Reads the whole table, as somebody would who does not trust the ledger's own queries. */
export async function memoryOf(stage: Rehearsal, bucket: string) {
  const { account } = stage.sandbox;
  const client = ledgerClientOf(stage);
  const table = { TableName: stage.deployment.resources.ledgerTable };
  const pages = paginateScan({ client }, { ...table, ConsistentRead: true });
  const Items = (await Array.fromAsync(pages)).flatMap((page) => page.Items ?? []);
  const rows = Items.map(
    ({ pk, sk, json }): Row => ({
      pk: pk?.S ?? "",
      sk: sk?.S ?? "",
      value: JSON.parse(json?.S ?? "null"),
    }),
  );
  const statesKey = bucket.startsWith("account ")
    ? `account#${account}`
    : `bucket#${account}#${bucket}`;
  return memory(rows, statesKey, bucket);
}

function memory(rows: readonly Row[], statesKey: string, bucket: string): Memory {
  // The shapes are those of the ledger; a test that reads a wrong one fails on it.
  const entries = rows.filter(({ sk }) => sk === "entry").map(({ value }) => value as LedgerEntry);
  const images = rows
    .filter(({ sk }) => sk.startsWith("image#"))
    .map(({ value }) => (value as { readonly step: PlanStep }).step);
  const states = rows.find(({ pk, sk }) => pk === statesKey && sk === "states")?.value as
    | FindingStates
    | undefined;
  return {
    entries: entries
      .filter(({ task }) => resourceName(task.ref) === bucket)
      .sort((a, b) => a.startedAt.localeCompare(b.startedAt)),
    images: images.filter(({ on }) => resourceName(on) === bucket),
    states,
  };
}
