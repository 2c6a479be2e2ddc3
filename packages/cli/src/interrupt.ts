import { note } from "./terminal.ts";

let active: AbortController | undefined;
let interrupted = false;

/** Whether somebody stopped the command that runs, or ran last. */
export function wasInterrupted(): boolean {
  return interrupted;
}

/** Forgets what became of an earlier command in this process. */
export function notInterrupted(): void {
  interrupted = false;
}

/** What Ctrl-C does while `work` runs: it is told by the signal, and ends by itself in good order. */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  stopping = "Stopping: what is being written is finished and read back first. Ctrl-C again ends at once.",
): Promise<T> {
  const controller = new AbortController();
  const onSignal = () => {
    // Whoever asks twice does not want to wait.
    if (controller.signal.aborted) process.exit(130);
    note(stopping);
    interrupted = true;
    controller.abort();
  };
  active = controller;
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    active = undefined;
  }
}

/** Has what runs end as after Ctrl-C; false where nothing does that has to end in good order. */
export function interrupt(): boolean {
  if (active === undefined) return false;
  interrupted = true;
  active.abort();
  return true;
}
