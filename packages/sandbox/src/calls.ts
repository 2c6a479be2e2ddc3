import type { ServiceName } from "./call.ts";

/** One API call that was served, well or not. */
export interface ServedCall {
  readonly at: number;
  readonly service: ServiceName;
  readonly operation: string;
  readonly bucket?: string;
  /** ARN of the caller. */
  readonly principal: string;
  readonly region: string;
  /** 0 when the connection was cut instead of answered. */
  readonly status: number;
  readonly errorCode?: string;
  readonly write: boolean;
}

/** Every call that was served, oldest first. */
export interface CallLog {
  /** The calls that agree with every member of `like`. */
  readonly list: (like?: Partial<ServedCall>) => readonly ServedCall[];
  readonly clear: () => void;
  readonly add: (call: ServedCall) => void;
}

export function createCallLog(): CallLog {
  const served: ServedCall[] = [];
  return {
    list: (like = {}) => served.filter((call) => agrees(call, like)),
    clear: () => {
      served.length = 0;
    },
    add: (call) => {
      served.push(call);
    },
  };
}

function agrees(call: ServedCall, like: Partial<ServedCall>): boolean {
  const members = new Map(Object.entries(call));
  return Object.entries(like).every(([name, value]) => members.get(name) === value);
}
