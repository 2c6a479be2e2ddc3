import { homedir } from "node:os";
import { join } from "node:path";
import type { Profile } from "@bucket-warden/core/aws";

/** Where AWS is asked, when that is not AWS itself: the SDK's own variable. */
export function awsElsewhere(): { readonly endpoint?: string } {
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  return endpoint === undefined || endpoint === "" ? {} : { endpoint };
}

/**
 * The profile that was chosen, and the files that the SDK reads it from.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function profileHere(): Profile | undefined {
  const { AWS_PROFILE: name, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  if (name === undefined || name === "") return undefined;
  const folder = join(homedir(), ".aws");
  const files = [
    AWS_CONFIG_FILE ?? join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE ?? join(folder, "credentials"),
  ];
  return { name, files };
}
