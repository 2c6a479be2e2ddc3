import type { TamperCall } from "./call.ts";
import { ownCalls } from "./own-calls.ts";
import { watcherCalls } from "./watchers.ts";

/**
 * Every call that can weaken the watcher, by the service of its event source. Names that neither a
 * record nor a page has confirmed stand here too: a name that never comes costs nothing.
 */
export const tamperCalls: Readonly<Record<string, readonly TamperCall[]>> = {
  ...watcherCalls,
  ...ownCalls,
};

/** The row of a recorded call. */
export function tamperCallOf(eventSource: string, eventName: string): TamperCall | undefined {
  const service = eventSource.replace(/\.amazonaws\.com$/, "");
  if (!Object.hasOwn(tamperCalls, service)) return undefined;
  return tamperCalls[service]?.find(({ name, isDated }) =>
    isDated === true ? undated(eventName) === name : eventName === name,
  );
}

/** `UpdateFunctionCode20150331v2` is the call UpdateFunctionCode of the API of that day. */
function undated(eventName: string): string {
  return eventName.replace(/\d{8}(v\d+)?$/, "");
}
