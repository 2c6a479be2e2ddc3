import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { parse, type Statement, wildcardMatches } from "../policy/index.ts";
import { notAPolicy } from "./policy-guarantee.ts";

/** Whom a bucket policy lets deliver logs into its bucket, each in the order of the policy. */
export type LogWriters =
  | {
      readonly kind: "known";
      /** Whose logs arrive under SSE-S3 and nothing else. */
      readonly sseS3: readonly string[];
      /** Whose logs also arrive under a KMS key, if its key policy lets them in. */
      readonly anyKey: readonly string[];
    }
  | { readonly kind: "unknown"; readonly why: string };

export function logWritersIn(policy: Known<PolicyText>): LogWriters {
  if (policy.state === "absent") return { kind: "known", sseS3: [], anyKey: [] };
  const parsed = parse(policy.value.text);
  if (parsed.kind === "invalid") return { kind: "unknown", why: notAPolicy(parsed).why };
  const writers = parsed.policy.statements.filter(letsWrite).flatMap(writersIn);
  const under = (encryption: Writer["under"]) =>
    writers.filter((it) => it.under === encryption).map(({ name }) => name);
  return { kind: "known", sseS3: under("sse-s3"), anyKey: under("any-key") };
}

interface Writer {
  readonly name: string;
  readonly under: "sse-s3" | "any-key";
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
const underSseS3 = ["logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"];

/** Network load balancers, flow logs and most others; the key policy has to name it too. */
const vendedLogs = "delivery.logs.amazonaws.com";

/** As which accounts load balancers of the older Regions deliver, one for each Region. */
const loadBalancerAccounts = [
  "127311923021", // us-east-1
  "033677994240", // us-east-2
  "027434742980", // us-west-1
  "797873946194", // us-west-2
  "098369216593", // af-south-1
  "754344448648", // ap-east-1
  "582318560864", // ap-northeast-1
  "600734575887", // ap-northeast-2
  "383597477331", // ap-northeast-3
  "718504428378", // ap-south-1
  "114774131450", // ap-southeast-1
  "783225319266", // ap-southeast-2
  "589379963580", // ap-southeast-3
  "985666609251", // ca-central-1
  "638102146993", // cn-north-1
  "037604701340", // cn-northwest-1
  "054676820928", // eu-central-1
  "897822967062", // eu-north-1
  "635631232127", // eu-south-1
  "156460612806", // eu-west-1
  "652711504416", // eu-west-2
  "009996457667", // eu-west-3
  "076674570225", // me-south-1
  "507241528517", // sa-east-1
  "190560391635", // us-gov-east-1
  "048591011584", // us-gov-west-1
];

function letsWrite({ effect, action }: Statement): boolean {
  if (effect !== "Allow") return false;
  const named = action.patterns.some((it) => wildcardMatches(it.toLowerCase(), "s3:putobject"));
  return named !== action.negated;
}

function writersIn({ principal }: Statement): readonly Writer[] {
  if (principal.negated) return [];
  return principal.entries.flatMap((entry): readonly Writer[] => {
    if (entry.kind === "service") return serviceNamed(entry.value);
    const account = entry.kind === "aws" ? accountIn(entry.value) : undefined;
    if (account === undefined || !loadBalancerAccounts.includes(account)) return [];
    return [{ name: `Elastic Load Balancing (account ${account})`, under: "sse-s3" }];
  });
}

function serviceNamed(name: string): readonly Writer[] {
  if (underSseS3.includes(name)) return [{ name, under: "sse-s3" }];
  return name === vendedLogs ? [{ name, under: "any-key" }] : [];
}

/** An account is named by its id or by the ARN of its root. */
function accountIn(principal: string): string | undefined {
  return /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
}
