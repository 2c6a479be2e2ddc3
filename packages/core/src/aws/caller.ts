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

/** A profile of the AWS CLI that somebody chose, and the files in which the SDK looks for it. */
export interface Profile {
  readonly name: string;
  readonly files: readonly string[];
}

/**
 * Asks who calls; Region, credentials and endpoint come from where the AWS CLI takes them. Throws
 * InputError where one of them is missing or refused, which names the profile. Nobody needs a permission to ask that.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function whoCalls(profile?: Profile): Promise<Caller> {
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
    throw unknownCaller(cause, profile);
  } finally {
    client.destroy();
  }
}

function unknownCaller(cause: unknown, profile: Profile | undefined): InputError {
  const text = describeError(cause);
  const isOfProfile = /CredentialsProviderError|Region is missing/.test(text);
  if (profile !== undefined && isOfProfile) {
    const { name, files } = profile;
    const what = text.includes("Region is missing") ? "Region" : "credentials";
    return new InputError({
      place: `profile ${name}`,
      problem: `it gives no ${what} (${text}); profiles were looked for in ${files.join(" and ")}`,
      remedy:
        "`aws configure list-profiles` shows which there are, and `aws sso login --profile` signs in to one. AWS_REGION or --region gives a Region where the profile has none.",
      cause,
    });
  }
  return new InputError({
    place: "credentials",
    problem: text,
    remedy: remedyOf(cause) ?? "Set AWS_REGION, and AWS_PROFILE or what the AWS CLI works with.",
    cause,
  });
}
