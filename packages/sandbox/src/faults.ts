import { accessDenied } from "./access-denied.ts";
import type { Call, ServiceName } from "./call.ts";
import { generator } from "./generator.ts";
import { AwsError } from "./wire/aws-error.ts";

export type FaultKind =
  | "throttle"
  | "access-denied"
  | "operation-aborted"
  | "internal-error"
  | "timeout"
  | "reset"
  | { readonly latencyMilliseconds: number }
  | { readonly staleReads: number }
  /** AWS's clock and that of the caller differ; negative where the caller is ahead. */
  | { readonly clockAheadMilliseconds: number };

/** Which calls go wrong, and how. */
export interface Fault {
  readonly kind: FaultKind;
  readonly service?: ServiceName;
  readonly operation?: string;
  readonly bucket?: string;
  /** ARN of the caller. */
  readonly principal?: string;
  /** How many calls are hit; all when left out. */
  readonly times?: number;
  /** How many matching calls pass first. */
  readonly after?: number;
  /** Chance that a matching call is hit; drawn from `seed`, so a run can be repeated. */
  readonly probability?: number;
  readonly seed?: number;
  /** For timeout, reset and internal-error: the call takes effect, and only its answer is lost. */
  readonly landed?: boolean;
}

/** What to do with one call. */
export type Verdict =
  | ({
      readonly kind: "serve";
      readonly delayMilliseconds: number;
      readonly readsAsOf?: number;
    } & Dated)
  | ({ readonly kind: "error"; readonly error: AwsError; readonly landed: boolean } & Dated)
  | { readonly kind: "silence" | "cut"; readonly landed: boolean };

interface Dated {
  /** What the clock of AWS shows, where it is not that of the machine. */
  readonly date?: string;
}

export interface Faults {
  /** Switches a fault on; the result switches it off again. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
  /** Is run before each call is served: a concurrent writer, a crash between two calls. */
  readonly beforeCall: (listener: (call: Call) => void | Promise<void>) => () => void;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly draw: () => number;
  seen: number;
  hits: number;
}

/** The faults that are on, and `judge`, by which the server asks about each call. */
export function createFaults(): Faults & { readonly judge: (call: Call) => Promise<Verdict> } {
  const active = new Set<ActiveFault>();
  const listeners = new Set<(call: Call) => void | Promise<void>>();
  return {
    add: (fault) => {
      const entry = { fault, draw: generator(fault.seed ?? 1), seen: 0, hits: 0 };
      active.add(entry);
      return () => active.delete(entry);
    },
    clear: () => active.clear(),
    beforeCall: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    judge: async (call) => {
      for (const listener of [...listeners]) await listener(call);
      return judge(
        [...active].filter((entry) => strikes(entry, call)),
        call,
      );
    },
  };
}

function strikes(entry: ActiveFault, call: Call): boolean {
  const { fault } = entry;
  const isMeant =
    (fault.service === undefined || fault.service === call.service) &&
    (fault.operation === undefined || fault.operation === call.operation) &&
    (fault.bucket === undefined || fault.bucket === call.bucket) &&
    (fault.principal === undefined || fault.principal === call.principal.arn);
  if (!isMeant) return false;
  entry.seen += 1;
  if (entry.seen <= (fault.after ?? 0)) return false;
  if (entry.hits >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
  if (fault.probability !== undefined && entry.draw() >= fault.probability) return false;
  entry.hits += 1;
  return true;
}

/** Latency, staleness and clocks add up; of the others the first one counts. */
function judge(struck: readonly ActiveFault[], call: Call): Verdict {
  let verdict: Extract<Verdict, { kind: "serve" }> = { kind: "serve", delayMilliseconds: 0 };
  for (const { fault } of struck) {
    const { kind, landed = false } = fault;
    if (typeof kind === "string") return failureOf(kind, call, landed);
    if ("latencyMilliseconds" in kind) {
      const delayMilliseconds = verdict.delayMilliseconds + kind.latencyMilliseconds;
      verdict = { ...verdict, delayMilliseconds };
    } else if ("staleReads" in kind) {
      verdict = { ...verdict, readsAsOf: call.at - kind.staleReads };
    } else {
      const clock = call.at + kind.clockAheadMilliseconds;
      const date = new Date(clock).toUTCString();
      if (isSkewed(call, clock)) return { kind: "error", error: skewed(call), landed: false, date };
      verdict = { ...verdict, date };
    }
  }
  return verdict;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationTimeStamp */
const mostSkewMilliseconds = 15 * 60_000;

function isSkewed({ request }: Call, clock: number): boolean {
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
    request.headers["x-amz-date"] ?? "",
  );
  if (signed === null) return false;
  const [year = 0, month = 1, ...rest] = signed.slice(1).map(Number);
  return Math.abs(Date.UTC(year, month - 1, ...rest) - clock) > mostSkewMilliseconds;
}

function skewed({ service }: Call): AwsError {
  if (service === "s3" || service === "s3-control") {
    const message = "The difference between the request time and the current time is too large.";
    return new AwsError({ code: "RequestTimeTooSkewed", status: 403, message });
  }
  const message = "Signature not yet current or expired";
  return new AwsError({ code: "InvalidSignatureException", status: 403, message });
}

function failureOf(kind: Extract<FaultKind, string>, call: Call, landed: boolean): Verdict {
  switch (kind) {
    case "timeout":
      return { kind: "silence", landed };
    case "reset":
      return { kind: "cut", landed };
    case "access-denied":
      return { kind: "error", landed: false, error: accessDenied(call) };
    case "throttle":
      return { kind: "error", landed: false, error: throttled(call) };
    case "operation-aborted":
      return {
        kind: "error",
        landed: false,
        error: new AwsError({
          code: "OperationAborted",
          status: 409,
          message:
            "A conflicting conditional operation is currently in progress against this resource. Please try again.",
        }),
      };
    case "internal-error":
      return { kind: "error", landed, error: internalError(call) };
  }
}

/** Error names and statuses differ by service; SDKs know all of these as throttling. */
function throttled({ service }: Call): AwsError {
  switch (service) {
    case "lambda":
    case "securityhub":
      return new AwsError({
        code: "TooManyRequestsException",
        status: 429,
        message: "Rate Exceeded.",
      });
    case "s3":
    case "s3-control":
      return new AwsError({
        code: "SlowDown",
        status: 503,
        message: "Please reduce your request rate.",
      });
    case "sns":
      return new AwsError({ code: "Throttled", status: 429, message: "Rate exceeded" });
    case "sts":
      return new AwsError({ code: "Throttling", status: 400, message: "Rate exceeded" });
    case "sqs":
      return new AwsError({ code: "RequestThrottled", status: 403, message: "Rate exceeded" });
    case "kms":
    case "cloudtrail":
    case "logs":
    case "monitoring":
    case "servicequotas":
    case "organizations":
    case "dynamodb":
    case "ssm":
    case "events":
    case "glacier":
    case "unknown":
      return new AwsError({ code: "ThrottlingException", status: 400, message: "Rate exceeded" });
  }
}

function internalError({ service }: Call): AwsError {
  return new AwsError({
    code: service.startsWith("s3") ? "InternalError" : "InternalFailure",
    status: 500,
    message: "We encountered an internal error. Please try again.",
  });
}
