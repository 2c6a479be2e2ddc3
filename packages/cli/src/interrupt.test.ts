import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { interrupt, interruptible, notInterrupted, wasInterrupted } from "./interrupt.ts";

const exit = vi.fn();

beforeEach(() => {
  notInterrupted();
  exit.mockReset();
  vi.spyOn(process, "exit").mockImplementation(exit as never);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  notInterrupted();
  vi.restoreAllMocks();
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s tells the work, and a second one ends at once",
  async (name) => {
    const answer = await interruptible(async (signal) => {
      process.emit(name);
      expect(exit).not.toHaveBeenCalled();
      process.emit(name);
      return signal.aborted;
    });
    expect({ answer, was: wasInterrupted() }).toEqual({ answer: true, was: true });
    expect(exit.mock.calls).toEqual([[130]]);
  },
);

test("work that ends by itself leaves nobody listening", async () => {
  const before = process.listenerCount("SIGINT");
  await expect(interruptible(() => Promise.reject(new Error("it failed")))).rejects.toThrow();
  expect({ after: process.listenerCount("SIGINT"), was: wasInterrupted() }).toEqual({
    after: before,
    was: false,
  });
});

test("a reader that goes away ends work in good order, and there is none to end elsewhere", async () => {
  expect(interrupt()).toBe(false);
  await interruptible(async (signal) => {
    expect({ told: interrupt(), aborted: signal.aborted }).toEqual({ told: true, aborted: true });
  });
  expect(wasInterrupted()).toBe(true);
  expect(interrupt()).toBe(false);
});
