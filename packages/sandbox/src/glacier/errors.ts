import { AwsError } from "../wire/aws-error.ts";

/** https://docs.aws.amazon.com/amazonglacier/latest/dev/api-error-responses.html */
const statuses = {
  AccessDeniedException: 403,
  InvalidParameterValueException: 400,
  NoLongerSupportedException: 400,
  ResourceNotFoundException: 404,
} as const;

export function glacierError(code: keyof typeof statuses, message: string): AwsError {
  return new AwsError({ code, status: statuses[code], message });
}
