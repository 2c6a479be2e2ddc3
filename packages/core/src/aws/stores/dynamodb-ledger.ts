import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { assertNever } from "../../kernel/never.ts";
import type { AlarmEntry } from "../../model/alarm.ts";
import type { LedgerEntry } from "../../model/entry.ts";
import type { FindingStates } from "../../model/finding.ts";
import type { ResourceRef } from "../../model/ref.ts";
import type { BeforeImage, EarlierDeliveries, Ledger } from "../../record/index.ts";

/**
 * The ledger in one DynamoDB table with the string keys `pk` and `sk`:
 *
 *     task#<id>              entry                         one reconcile
 *     task#<id>              image#<time>#<document>       what a write replaced
 *     alarm#<id>             alarm                         one call against the watcher
 *     bucket#<account>#<name>  states                      what people were told last
 *     account#<account>        states
 *     region#<account>#<name>  states
 *
 * Reads are consistent: a redelivered task must see what its first delivery stored.
 */
export function createDynamoDbLedger(client: DynamoDBClient, table: string): Ledger {
  const put = async (pk: string, sk: string, value: unknown): Promise<void> => {
    const Item = { pk: { S: pk }, sk: { S: sk }, json: { S: JSON.stringify(value) } };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  };
  const get = async (pk: string, sk: string): Promise<unknown> => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const command = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item === undefined ? undefined : jsonOf(Item);
  };
  return {
    keepBeforeImage: (image) => put(taskKey(image.taskId), imageKey(image), image),
    earlier: async (taskId) => earlierOf(await queryTask(client, table, taskKey(taskId))),
    save: (entry) => put(taskKey(entry.id), "entry", entry),
    // What stands in the table was written by this file.
    find: async (id) => (await get(taskKey(id), "entry")) as LedgerEntry | undefined,
    findAlarm: async (id) => (await get(alarmKey(id), "alarm")) as AlarmEntry | undefined,
    saveAlarm: (entry) => put(alarmKey(entry.alarm.id), "alarm", entry),
    findingStates: async (on) => ((await get(statesKey(on), "states")) ?? {}) as FindingStates,
    saveFindingStates: (on, states) => put(statesKey(on), "states", states),
  };
}

type Item = Record<string, AttributeValue>;

/** Everything of one task, in the order of `sk`: the entry first, then the images by time. */
async function queryTask(
  client: DynamoDBClient,
  table: string,
  pk: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: pk } },
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** What stands in the table was written by this file. */
function earlierOf(items: readonly Item[]): EarlierDeliveries {
  const entry = items.find((item) => item["sk"]?.S === "entry");
  const images = items.filter((item) => item["sk"]?.S?.startsWith("image#"));
  return {
    ...(entry === undefined ? {} : { entry: jsonOf(entry) as LedgerEntry }),
    images: images.map((item) => jsonOf(item) as BeforeImage),
  };
}

function jsonOf(item: Item): unknown {
  return JSON.parse(item["json"]?.S ?? "null");
}

function taskKey(id: string): string {
  return `task#${id}`;
}

function alarmKey(id: string): string {
  return `alarm#${id}`;
}

function statesKey(ref: ResourceRef): string {
  switch (ref.kind) {
    case "bucket":
      return `bucket#${ref.account}#${ref.name}`;
    case "account":
      return `account#${ref.account}`;
    case "region":
      return `region#${ref.account}#${ref.region}`;
    default:
      return assertNever(ref);
  }
}

function imageKey({ at, step }: BeforeImage): string {
  return `image#${at}#${step.document}`;
}
