import { expect, test } from "vitest";
import { createCallLog, type ServedCall } from "./calls.ts";

const entry = (operation: string, status: number): ServedCall => ({
  at: 0,
  service: "s3",
  operation,
  principal: "anonymous",
  region: "us-east-1",
  status,
  write: false,
});

test("calls are listed in order, and by any of their members", () => {
  const log = createCallLog();
  const [get, head, failed] = [entry("Get", 200), entry("Head", 200), entry("Get", 404)];
  for (const call of [get, head, failed]) log.add(call);
  expect([
    log.list(),
    log.list({ operation: "Get" }),
    log.list({ operation: "Get", status: 404 }),
    log.list({ bucket: "b" }),
  ]).toEqual([[get, head, failed], [get, failed], [failed], []]);
});

test("a list that was taken does not change when the log is cleared", () => {
  const log = createCallLog();
  log.add(entry("Get", 200));
  const before = log.list();
  log.clear();
  expect([before.length, log.list()]).toEqual([1, []]);
});
