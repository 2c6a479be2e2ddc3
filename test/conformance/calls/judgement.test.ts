import { expect, test } from "vitest";
import { type Accepted, judge } from "./judgement.ts";
import type { Observation } from "./play.ts";

function observation(name: string, isDifferent: boolean): Observation {
  const expected = { kind: "refused", name: "NoSuchThing", status: 404 } as const;
  const seen = isDifferent ? { ...expected, status: 400 } : expected;
  return { name, call: "s3 GetThing", expected, seen };
}

const same = observation("thing: made", false);
const other = observation("thing: never set", true);

function accepting(...questions: readonly string[]): Accepted {
  return { name: "it has another status", fact: "seen", questions };
}

test("what is the same needs no acceptance", () => {
  expect(judge([same], [])).toEqual({
    equal: 1,
    accepted: new Map(),
    surprising: [],
    stale: [],
  });
});

test("what differs is surprising until it is accepted by its name", () => {
  expect(judge([same, other], []).surprising).toEqual([other]);
  expect(judge([same, other], [accepting("thing: never set")])).toEqual({
    equal: 1,
    accepted: new Map([["it has another status", 1]]),
    surprising: [],
    stale: [],
  });
});

test.each([
  { what: "does not differ any more", question: "thing: made" },
  { what: "is not asked any more", question: "thing: gone" },
  { what: "is a row of which a part does not differ", question: "thing" },
  { what: "is only the beginning of a name", question: "thin" },
])("an acceptance that $what is stale", ({ question }) => {
  const { stale } = judge([same, other], [accepting("thing: never set", question)]);
  expect(stale).toEqual([`${question} (it has another status)`]);
});

test("a row can be accepted as a whole", () => {
  const all = [other, observation("thing: put", true)];
  const { accepted, surprising, stale } = judge(all, [accepting("thing")]);
  expect([[...accepted], surprising, stale]).toEqual([[["it has another status", 2]], [], []]);
});
