import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import type { Message, Notice } from "@bucket-warden/core/notify";

export function bucketCalled(name: string) {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  } as const;
}

/** A message with one notice about a bucket. */
export function messageAbout(bucket: string, id: string, notice: Partial<Notice> = {}): Message {
  const least = { control: "ssl-only", saw: "seen", did: "done", next: "" };
  return {
    id,
    on: bucketCalled(bucket),
    cause: { kind: "sweep", sweepId: "s-1" },
    at: "2026-11-21T10:15:00.000Z",
    notices: [{ kind: "flagged", ...least, ...notice }],
    changes: [],
  };
}
