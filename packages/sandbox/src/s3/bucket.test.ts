import { expect, test } from "vitest";
import { type Bucket, configurationAt, reconfigure, withDocument, withPolicy } from "./bucket.ts";

const empty = { documents: {} };
const bucket = (): Bucket => ({
  name: "b",
  account: "111122223333",
  region: "us-east-1",
  createdAt: 0,
  objects: new Map(),
  configuration: empty,
  history: [],
});

test("earlier configurations can be read for the time at which they held", () => {
  const b = bucket();
  reconfigure(b, withPolicy(b.configuration, "one"), 10);
  reconfigure(b, withPolicy(b.configuration, "two"), 20);
  const seen = [5, 9, 10, 15, 20, 99, undefined].map((at) => configurationAt(b, at).policy);
  expect(seen).toEqual([undefined, undefined, "one", "one", "two", "two", "two"]);
});

test("documents are set and removed without touching the others or the policy", () => {
  const both = withDocument(withDocument({ ...empty, policy: "p" }, "a", { X: "1" }), "b", {});
  expect(both).toEqual({ policy: "p", documents: { a: { X: "1" }, b: {} } });
  expect(withDocument(both, "a", undefined)).toEqual({ policy: "p", documents: { b: {} } });
  expect(withPolicy(both, undefined)).toEqual({ documents: both.documents });
});

test("only the last hundred configurations are kept", () => {
  const b = bucket();
  for (let at = 1; at <= 150; at += 1) reconfigure(b, withPolicy(b.configuration, `p${at}`), at);
  expect([b.history.length, configurationAt(b, 149).policy]).toEqual([100, "p149"]);
});
