import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import type { Message, Notice } from "@bucket-warden/core/notify";

const place = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

export const bucketCalled = (name: string) =>
  ({ kind: "bucket", name: parseBucketName(name, "test"), ...place }) as const;

export const flagged: Notice = {
  kind: "flagged",
  control: "ssl-only",
  news: "new",
  saw: "the bucket policy does not enforce it",
  witness: "anonymous may call s3:GetObject over plain HTTP",
  did: "nothing was written: the baseline only alerts",
  next: 'to repair it, invoke with mode "apply" and controls ["ssl-only"]',
  actions: [
    {
      kind: "repair",
      control: "ssl-only",
      request: {
        function: "invoke",
        payload: {
          bucket: "invoices",
          account: "111122223333",
          controls: ["ssl-only"],
          mode: "apply",
        },
      },
    },
    {
      kind: "waive",
      control: "ssl-only",
      days: 7,
      request: {
        function: "invoke",
        payload: {
          waive: "ssl-only",
          bucket: "invoices",
          account: "111122223333",
          days: 7,
          mode: "apply",
        },
      },
    },
  ],
};

export const fixed: Notice = {
  kind: "fixed",
  control: "versioning",
  saw: "versioning is suspended",
  did: "wrote the versioning, read it back, and it is right",
  next: "",
  actions: [
    {
      kind: "undo",
      entry: "t-1",
      request: { function: "invoke", payload: { undo: "t-1", mode: "apply" } },
    },
  ],
};

/** Mallory takes away the policy and versioning of a bucket; half of it may be repaired. */
export const news: Message = {
  id: "t-1",
  on: bucketCalled("invoices"),
  accountName: "Payments",
  cause: {
    kind: "event",
    eventName: "DeleteBucketPolicy",
    eventId: "e-1",
    eventTime: "2026-11-20T10:15:00Z",
    actor: {
      arn: "arn:aws:iam::111122223333:user/mallory",
      type: "IAMUser",
      sourceIp: "203.0.113.7",
    },
  },
  at: "2026-11-20T10:15:09.000Z",
  notices: [flagged, fixed],
  changes: [
    {
      document: "versioning",
      controls: ["versioning"],
      diff: ['-{"Status":"Suspended"}', '+{"Status":"Enabled"}'],
    },
  ],
};

export const alarm: Message = {
  id: "a-1",
  on: { kind: "region", ...place },
  cause: {
    kind: "event",
    eventName: "StopLogging",
    eventId: "e-2",
    eventTime: "2026-11-20T10:15:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser" },
  },
  at: "2026-11-20T10:16:00.000Z",
  notices: [
    {
      kind: "alarm",
      control: "tamper-watch",
      saw: "cloudtrail StopLogging on audit; no change is heard",
      did: "told you; whether it was planned only a person can say",
      next: "if it was not planned, undo it: aws cloudtrail start-logging --name audit",
    },
  ],
  changes: [],
};

export const desk = {
  region: "eu-west-1",
  functions: { invoke: "bucket-warden-invoke", history: "bucket-warden-history" },
};

export const usualTopic = "arn:aws:sns:eu-west-1:111122223333:bucket-warden";
