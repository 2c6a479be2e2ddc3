/** What a service answers instead of a result: thrown by operations, printed by each wire protocol. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  /** Further members of the error document, e.g. `BucketName`. */
  readonly members: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(parts: {
    code: string;
    status: number;
    message: string;
    members?: Readonly<Record<string, string>>;
    headers?: Readonly<Record<string, string>>;
  }) {
    super(parts.message);
    this.code = parts.code;
    this.status = parts.status;
    this.members = parts.members ?? {};
    this.headers = parts.headers ?? {};
  }
}

/** The answer to everything that the sandbox does not know: never a success with an empty body. */
export function notImplemented(what: string): AwsError {
  return new AwsError({
    code: "NotImplemented",
    status: 501,
    message: `The sandbox does not implement ${what}.`,
  });
}
