import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { InputError } from "../kernel/input-error.ts";
import { type AccountId, parseAccountId, parseRegion, type Region } from "../model/ref.ts";
import { describeError } from "./errors.ts";
import { remedyOf } from "./trouble.ts";

/** Whose credentials these are, and the Region in which they are used. */
export interface Caller {
  readonly account: AccountId;
  readonly region: Region;
  readonly arn: string;
  /** ISO 8601; when the credentials end, where the SDK knows it. */
  readonly expires?: string;
}

/**
 * Asks who calls; Region, credentials and endpoint come from where the AWS CLI takes them. Throws
 * InputError where one of them is missing or refused. Nobody needs a permission to ask that.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function whoCalls(): Promise<Caller> {
  const client = new STSClient({ maxAttempts: 2 });
  try {
    const region = parseRegion(await client.config.region(), "AWS_REGION");
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    const account = parseAccountId(Account, "GetCallerIdentity");
    const { expiration } = await client.config.credentials();
    const expires = expiration === undefined ? {} : { expires: expiration.toISOString() };
    return { account, region, arn: Arn, ...expires };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError({
      place: "credentials",
      problem: describeError(cause),
      remedy: remedyOf(cause) ?? "Set AWS_REGION, and AWS_PROFILE or what the AWS CLI works with.",
      cause,
    });
  } finally {
    client.destroy();
  }
}
