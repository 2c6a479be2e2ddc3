import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { lineOf, showProgress } from "./progress.ts";

const style = {
  barsize: 10,
  barGlue: "",
  barCompleteString: "=".repeat(10),
  barIncompleteString: "-".repeat(10),
};

test.each([
  {
    name: "what is known before the count is over",
    at: { value: 120, total: 0, progress: 0 },
    line: "Looking | 120 looked at | 30/s",
  },
  {
    name: "how much of all is done, and how long the rest takes",
    at: { value: 120, total: 300, progress: 0.4 },
    line: "Looking [====------] 40 % | 120 of 300 | 30/s | 6 s left",
  },
  {
    name: "no more than all, where buckets came meanwhile",
    at: { value: 120, total: 100, progress: 1.2 },
    line: "Looking [==========] 100 % | 120 of 100 | 30/s | 0 s left",
  },
])("the line says $name", ({ at, line }) => {
  expect(lineOf(style, at, 4)).toBe(line);
});

/** What was written to it, as if it were a terminal. */
function paper(isTTY: boolean) {
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), {
    isTTY,
    columns: 80,
    write: (text: string) => written.push(text),
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

async function* three() {
  yield 3;
}

test("nothing is written where there is no terminal, and nothing by what is soon over", async () => {
  for (const isTTY of [true, false]) {
    const { stream, written } = paper(isTTY);
    const progress = showProgress({ stream, count: three });
    for (let done = 0; done < 3; done += 1) progress.step();
    progress.stop();
    expect(written).toEqual([]);
  }
});

test("a bar comes, counts, and goes again", async () => {
  const { stream, written } = paper(true);
  let isCounted = () => {};
  const counted = new Promise<void>((resolve) => {
    isCounted = resolve;
  });
  const count = async function* () {
    yield* three();
    isCounted();
  };
  const progress = showProgress({ stream, count, afterMilliseconds: 0 });
  progress.step();
  await counted;
  await new Promise(setImmediate);
  progress.stop();
  expect(written.join("")).toContain("1 of 3");
});
