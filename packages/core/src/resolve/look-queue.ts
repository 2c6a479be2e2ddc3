import type { LookOrder } from "../model/look-order.ts";

/**
 * Where waits what sweeps look at, in no order and with its turn for each account. A port: throws unless
 * every order was taken.
 */
export interface LookQueue {
  readonly send: (orders: readonly LookOrder[]) => Promise<void>;
}
