import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { put } from "./paper.ts";

/** Takes a piece when it is let. */
function slowPaper() {
  const taken: string[] = [];
  const waiting: (() => void)[] = [];
  const paper = new Writable({
    highWaterMark: 1,
    write: (piece, _, done) => {
      taken.push(String(piece));
      waiting.push(done);
    },
  });
  return { paper, taken, next: () => waiting.shift()?.() };
}

test("a reader who is slow is waited for", async () => {
  const { paper, taken, next } = slowPaper();
  let hasLeft = false;
  const first = put(paper, "one").then(() => {
    hasLeft = true;
  });
  await new Promise(setImmediate);
  expect({ taken, hasLeft }).toEqual({ taken: ["one"], hasLeft: false });
  next();
  await first;
  expect(hasLeft).toBe(true);
});

test("however often somebody waits, nothing is left behind on the stream", async () => {
  const { paper, taken, next } = slowPaper();
  const before = paper.eventNames().length;
  for (let times = 0; times < 50; times += 1) {
    const done = put(paper, String(times));
    await new Promise(setImmediate);
    next();
    await done;
  }
  expect(taken).toHaveLength(50);
  expect(paper.eventNames()).toHaveLength(before);
});

test("nothing is put where there is nothing to say, or nobody to hear it", async () => {
  const { paper, taken } = slowPaper();
  await put(paper, "");
  const cut = put(paper, "cut off");
  paper.on("error", () => {}).destroy(new Error("the reader has gone"));
  await cut;
  await put(paper, "too late");
  expect(taken).toEqual(["cut off"]);
});
