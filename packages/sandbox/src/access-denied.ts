import type { Call } from "./call.ts";
import { AwsError } from "./wire/aws-error.ts";

/** The refusal of a call that the caller may not make; its name and status differ by service. */
export function accessDenied({ service, operation, principal }: Call): AwsError {
  const message = `User: ${principal.arn} is not authorized to perform: ${service}:${operation}`;
  switch (service) {
    case "s3":
    case "s3-control":
      return new AwsError({ code: "AccessDenied", status: 403, message: "Access Denied" });
    case "sts":
      return new AwsError({ code: "AccessDenied", status: 403, message });
    case "sns":
      return new AwsError({ code: "AuthorizationError", status: 403, message });
    case "glacier":
    case "lambda":
    case "securityhub":
      return new AwsError({ code: "AccessDeniedException", status: 403, message });
    case "kms":
    case "sqs":
    case "cloudtrail":
    case "logs":
    case "monitoring":
    case "servicequotas":
    case "organizations":
    case "dynamodb":
    case "ssm":
    case "events":
    case "unknown":
      return new AwsError({ code: "AccessDeniedException", status: 400, message });
  }
}
