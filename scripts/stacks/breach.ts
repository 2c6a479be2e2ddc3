/** A place where a deployment breaks a law. */
export interface Breach {
  readonly rule: string;
  /** The name of the resource. */
  readonly at: string;
  readonly message: string;
}
