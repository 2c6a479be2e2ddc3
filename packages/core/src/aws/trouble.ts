import { InputError } from "../kernel/input-error.ts";
import { describeError } from "./errors.ts";

interface Trouble {
  readonly names: readonly string[];
  readonly remedy: string;
}

/**
 * What a person can do about an error of AWS, of the way to it, or of the credentials, by its name.
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const troubles: readonly Trouble[] = [
  {
    names: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"],
    remedy:
      "The credentials have ended. Sign in again, e.g. with `aws sso login`, or put new ones in the environment.",
  },
  {
    names: ["CredentialsProviderError", "TokenProviderError"],
    remedy:
      "Set AWS_PROFILE or give --profile, sign in with `aws sso login`, or put credentials in the environment, as for the AWS CLI.",
  },
  {
    names: [
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "InvalidAccessKeyId",
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "IncompleteSignature",
      "AuthFailure",
    ],
    remedy:
      "AWS does not know these credentials here. Look at the profile, the key and its secret, and at AWS_ENDPOINT_URL; keys of one partition count in no other.",
  },
  {
    names: ["RequestTimeTooSkewed", "RequestExpired"],
    remedy: "The clock of this machine is wrong. Set it, and ask again.",
  },
  {
    names: [
      "SlowDown",
      "Throttling",
      "ThrottlingException",
      "TooManyRequestsException",
      "RequestLimitExceeded",
    ],
    remedy: "AWS asks for fewer calls. Ask again in a minute.",
  },
  {
    names: ["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"],
    remedy:
      "Nothing answers there. Look at AWS_ENDPOINT_URL, at AWS_REGION, and at the network or its proxy.",
  },
  {
    names: ["ERR_INVALID_URL"],
    remedy:
      "AWS_ENDPOINT_URL is no URL. Give one like http://127.0.0.1:4566, or none for AWS itself.",
  },
  {
    names: ["TimeoutError"],
    remedy: "No answer came in time. Look at the network, and ask again.",
  },
];

const denied = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];

/** What a person can do about an error of an SDK call; undefined where nothing is known of it. */
export function remedyOf(error: unknown): string | undefined {
  const names = namesOf(error);
  if (names.some((name) => denied.includes(name))) return remedyOfDenial(error);
  if (/^Region (is missing|not accepted)/.test(textOf(error))) return missingRegion;
  return troubles.find((it) => names.some((name) => it.names.includes(name)))?.remedy;
}

const missingRegion =
  "Set AWS_REGION or give --region, and AWS_PROFILE or whatever else the AWS CLI works with.";

/** AWS names the action in most denials; S3 itself often does not. */
function remedyOfDenial(error: unknown): string {
  const text = textOf(error);
  const action = /not authorized to perform:? ([\w-]+:\w+)/.exec(text)?.[1];
  const what = action === undefined ? "the call" : action;
  if (/service control policy/.test(text)) {
    return `A service control policy of the organization denies ${what}. Only its administrators can let it through.`;
  }
  return `Have ${what} allowed to whoever asks; \`warden doctor\` names everything that is missing.`;
}

/** The error as three parts for people; undefined where it is none of AWS or of the way to it. */
export function inputErrorOf(cause: unknown, place = "AWS"): InputError | undefined {
  const remedy = remedyOf(cause) ?? (isOfAws(cause) ? otherRemedy : undefined);
  if (remedy === undefined) return undefined;
  return new InputError({ place, problem: describeError(cause), remedy, cause });
}

const otherRemedy = "Ask again; where it stays, --verbose shows more of it.";

/** Every error with which an AWS service answers carries what is known of the request. */
function isOfAws(error: unknown): boolean {
  return error instanceof Error && "$metadata" in error;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Errors of Node carry a code; several addresses of one host are several errors in one. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const code = "code" in error && typeof error.code === "string" ? [error.code] : [];
  return [error.name, ...code];
}
