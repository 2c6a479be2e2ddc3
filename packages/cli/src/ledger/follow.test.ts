import type { PastWork } from "@bucket-warden/core/history";
import type { Outcome } from "@bucket-warden/core/model";
import { expect, test } from "vitest";
import { type FollowPorts, followed } from "./follow.ts";

const answer = { request: "r-1", results: [], pending: ["photos", "account 111122223333"] };

function work(requestId: string, outcome: Outcome): PastWork {
  const cause = { kind: "manual", requestId, requestedBy: "bob", reason: "x" } as const;
  return { id: "e-1", at: "2026-11-21T00:00:00Z", cause, outcome, changes: [], held: [] };
}

/** A bucket whose history is another each time that it is asked for. */
function ports(...histories: readonly (readonly PastWork[])[]) {
  const told: string[] = [];
  const left = histories.values();
  const controller = new AbortController();
  const follow: FollowPorts = {
    historyOf: async () => left.next().value ?? [],
    pause: async () => {},
    tell: (pending) => told.push(pending.join()),
    signal: controller.signal,
  };
  return { follow, told, stop: () => controller.abort() };
}

const fixed: Outcome = { kind: "fixed", controls: ["ssl-only"] };

test("a bucket is followed until its request is over, past what others did and past retries", async () => {
  const { follow, told } = ports(
    [work("other", fixed)],
    [work("r-1", { kind: "retry", afterSeconds: 1, why: "wait" }), work("other", fixed)],
    [work("other", { kind: "clean" }), work("r-1", fixed)],
  );
  expect(await followed(answer, follow)).toEqual({
    request: "r-1",
    results: [{ resource: "photos", outcome: fixed, held: [], changes: [], findings: [] }],
    pending: ["account 111122223333"],
  });
  expect(told).toEqual(["photos", "photos", "photos"]);
});

test("what nobody hears of any more stays pending", async () => {
  const { follow, told } = ports();
  expect(await followed(answer, follow)).toEqual(answer);
  expect(told).toHaveLength(120);
});

test("nothing is asked where nothing is pending, or somebody stopped it", async () => {
  const { follow, told, stop } = ports([work("r-1", fixed)]);
  const over = { ...answer, pending: [] };
  expect(await followed(over, follow)).toEqual(over);
  stop();
  expect(await followed(answer, follow)).toEqual(answer);
  expect(told).toEqual([]);
});
