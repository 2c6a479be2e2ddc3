import { receiveRecord } from "@bucket-warden/core/event";
import { createIntake } from "@bucket-warden/functions/intake";
import type { Context } from "aws-lambda";
import { expect, test, vi } from "vitest";
import { hostileTexts } from "../arbitraries/hostile.ts";
import { requirePrintable } from "../fuzz/door.ts";

const intake = createIntake({
  AWS_REGION: "eu-west-1",
  WARDEN_BASELINE: "{}",
  WARDEN_TASK_QUEUE_URL: "http://127.0.0.1:9/111122223333/tasks.fifo",
  WARDEN_LOOK_QUEUE_URL: "http://127.0.0.1:9/111122223333/looks",
  WARDEN_LEDGER_TABLE: "ledger",
  WARDEN_TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:news",
  WARDEN_METRICS: "off",
});

const context = { awsRequestId: "r-1", functionName: "intake" } as Context;

test.each(hostileTexts)(
  "a text that $name is one member of one line of the logs",
  async ({ text }) => {
    const lines: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
    const eventName = text.slice(0, 250);
    const detail = {
      eventSource: "s3.amazonaws.com",
      eventName,
      eventID: "e",
      awsRegion: "eu-west-1",
    };
    expect(receiveRecord(detail, "record").kind).toBe("ignored");
    await intake({ "detail-type": "AWS API Call via CloudTrail", detail }, context);
    vi.restoreAllMocks();
    expect(lines).toHaveLength(1);
    const [line = ""] = lines;
    expect(line.indexOf("\n")).toBe(line.length - 1);
    requirePrintable(line.slice(0, -1));
    expect(JSON.parse(line)).toMatchObject({ message: "event ignored", level: "INFO" });
  },
);
