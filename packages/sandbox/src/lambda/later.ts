import type { World } from "../world.ts";

/** Lambda tries an asynchronous event again after one minute and after two; here after moments. */
const pausesMilliseconds = [0, 20, 40];

/**
 * Runs a function without anybody waiting for it. An event that it fails on three times is lost, which
 * means the function's dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function runLater(world: World, functionName: string, event: unknown): void {
  const work = attempt(world, functionName, event).finally(() => world.background.delete(work));
  world.background.add(work);
}

async function attempt(world: World, functionName: string, event: unknown): Promise<void> {
  let error: unknown;
  for (const pause of pausesMilliseconds) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      await world.functions.get(functionName)?.(event);
      return;
    } catch (thrown) {
      error = thrown;
    }
  }
  world.lostEvents.push({ functionName, event, error });
}
