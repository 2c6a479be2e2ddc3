import type { TamperCall } from "./call.ts";
import { tamperCalls } from "./calls.ts";

/** One rule for each service, as plain data. */
export interface TamperRule {
  readonly name: string;
  readonly pattern: {
    readonly source: readonly string[];
    readonly "detail-type": readonly string[];
    readonly detail: {
      readonly eventSource: readonly string[];
      readonly eventName: readonly (string | { readonly prefix: string })[];
    };
  };
}

/**
 * The rules that let these calls through, failed ones too: a denied attempt is news. Calls of IAM,
 * Organizations and STS arrive in the Region of the global endpoint only (us-east-1 in `aws`).
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const tamperRules: readonly TamperRule[] = Object.entries(tamperCalls).map(
  ([service, calls]) => ({
    name: `tamper-${service}`,
    pattern: {
      source: [`aws.${service}`],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        eventSource: [`${service}.amazonaws.com`],
        eventName: calls.map(nameIn),
      },
    },
  }),
);

function nameIn({ name, isDated }: TamperCall): string | { readonly prefix: string } {
  return isDated === true ? { prefix: name } : name;
}
