/** A parameter of Systems Manager. */
export interface Parameter {
  readonly value: string;
  readonly type: "String" | "StringList" | "SecureString";
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}
