import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Addition, Table, TableRecord } from "../../record/index.ts";

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
    async putNew(record) {
      const Item = itemOf(record, keepDays);
      const ConditionExpression = "attribute_not_exists(pk)";
      const put = new PutItemCommand({ TableName: table, Item, ConditionExpression });
      return (await client.send(put).catch(refused)) !== undefined;
    },
    async add(addition) {
      const { amount, most = Number.POSITIVE_INFINITY } = addition;
      // A counter that is not there yet meets any condition on what it holds.
      if (amount > most) return undefined;
      const update = new UpdateItemCommand({ TableName: table, ...updateOf(addition) });
      const answer = await client.send(update).catch(refused);
      return answer && Number(answer.Attributes?.["total"]?.N);
    },
    async get(partition, sort) {
      const Key = keyOf(partition, sort);
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
      yield* recordsOn((start) => client.send(new QueryCommand({ ...query, ...start })));
    },
    async *between(partition, { first, last }) {
      const keys = { ":pk": { S: partition }, ":first": { S: first }, ":last": { S: last } };
      const query = {
        ...isFresh,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: keys,
      };
      yield* recordsOn((start) => client.send(new QueryCommand({ ...query, ...start })));
    },
    async *everywhere(sort) {
      const scan = {
        ...isFresh,
        FilterExpression: "sk = :sort",
        ExpressionAttributeValues: { ":sort": { S: sort } },
      };
      yield* recordsOn((start) => client.send(new ScanCommand({ ...scan, ...start })));
    },
  };
}

type Item = Record<string, AttributeValue>;

interface Page {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

/** Page after page, one of them in memory. */
async function* recordsOn(
  pageAfter: (start: { readonly ExclusiveStartKey?: Item }) => Promise<Page>,
): AsyncIterable<TableRecord> {
  let start: Item | undefined;
  do {
    const page = await pageAfter(start === undefined ? {} : { ExclusiveStartKey: start });
    yield* (page.Items ?? []).map(recordOf);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

function itemOf({ partition, sort, value, at, days }: TableRecord, keepDays: number): Item {
  const item = { ...keyOf(partition, sort), json: { S: JSON.stringify(value) } };
  return at === undefined ? item : { ...item, expires: expiry(at, days ?? keepDays) };
}

function updateOf({ partition, sort, amount, most, at, days }: Addition) {
  const added = { ":amount": { N: String(amount) }, ":expires": expiry(at, days) };
  const update = {
    Key: keyOf(partition, sort),
    UpdateExpression: "SET expires = :expires ADD #total :amount",
    // TOTAL is a reserved word of DynamoDB.
    ExpressionAttributeNames: { "#total": "total" },
    ReturnValues: "UPDATED_NEW",
  } as const;
  if (most === undefined) return { ...update, ExpressionAttributeValues: added };
  return {
    ...update,
    ConditionExpression: "attribute_not_exists(#total) OR #total <= :room",
    ExpressionAttributeValues: { ...added, ":room": { N: String(most - amount) } },
  };
}

function keyOf(pk: string, sk: string) {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** DynamoDB wants seconds since 1970. */
function expiry(at: string, days: number): AttributeValue {
  return { N: String(Math.ceil(Date.parse(at) / 1_000) + days * 86_400) };
}

function refused(error: unknown): undefined {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

function recordOf({ pk, sk, json }: Item): TableRecord {
  const value: unknown = JSON.parse(json?.S ?? "null");
  return { partition: pk?.S ?? "", sort: sk?.S ?? "", value };
}
