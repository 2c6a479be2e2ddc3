import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Rehearsal } from "./rehearsal.ts";

const clients = new WeakMap<Rehearsal, DynamoDBClient>();

/** For whoever reads the table without the ledger's own queries; one for each rehearsal. */
export function ledgerClientOf(stage: Rehearsal): DynamoDBClient {
  const { endpoint, region } = stage.sandbox;
  const credentials = { accessKeyId: "auditor", secretAccessKey: "any" };
  const client = clients.get(stage) ?? new DynamoDBClient({ endpoint, region, credentials });
  clients.set(stage, client);
  return client;
}
