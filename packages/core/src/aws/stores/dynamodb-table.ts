import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import type { Table, TableRecord } from "../../record/index.ts";

export interface DynamoDbTable {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** How many days after its time DynamoDB may delete a record. */
  readonly keepDays: number;
}

/**
 * One DynamoDB table with the string keys `pk` and `sk`, and `expires` for its time to live. Reads
 * are consistent: a redelivered task must see what its first delivery stored.
 */
export function createDynamoDbTable({ client, table, keepDays }: DynamoDbTable): Table {
  const isFresh = { TableName: table, ConsistentRead: true };
  return {
    async put(record) {
      const Item = itemOf(record, keepDays);
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
    async get(partition, sort) {
      const Key = { pk: { S: partition }, sk: { S: sort } };
      const { Item } = await client.send(new GetItemCommand({ ...isFresh, Key }));
      return Item === undefined ? undefined : recordOf(Item).value;
    },
    async *list(partition, { prefix, order }) {
      const keys = { ":pk": { S: partition }, ":prefix": { S: prefix } };
      const query = {
        ...isFresh,
        // A prefix may not be empty.
        KeyConditionExpression:
          prefix === "" ? "pk = :pk" : "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: prefix === "" ? { ":pk": keys[":pk"] } : keys,
        ScanIndexForward: order === "ascending",
      };
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await client.send(new QueryCommand({ ...query, ExclusiveStartKey }));
        yield* (page.Items ?? []).map(recordOf);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },
  };
}

type Item = Record<string, AttributeValue>;

function itemOf({ partition, sort, value, at }: TableRecord, keepDays: number): Item {
  const item = { pk: { S: partition }, sk: { S: sort }, json: { S: JSON.stringify(value) } };
  if (at === undefined) return item;
  // DynamoDB wants seconds since 1970.
  const expires = Math.ceil(Date.parse(at) / 1_000) + keepDays * 86_400;
  return { ...item, expires: { N: String(expires) } };
}

function recordOf({ pk, sk, json }: Item): TableRecord {
  const value: unknown = JSON.parse(json?.S ?? "null");
  return { partition: pk?.S ?? "", sort: sk?.S ?? "", value };
}
