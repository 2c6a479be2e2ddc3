/** An event that a function failed on each time. */
export interface LostEvent {
  readonly functionName: string;
  readonly event: unknown;
  readonly error: unknown;
}
