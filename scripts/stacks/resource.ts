/** One resource that a deployment would make. */
export interface Resource {
  /** As Pulumi names it, e.g. `aws:sqs/queue:Queue`. */
  readonly type: string;
  readonly name: string;
  /** The component that it is part of, or the stack. */
  readonly parent: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
}
