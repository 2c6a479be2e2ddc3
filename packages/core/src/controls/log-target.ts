import { fillInBucket, type Settings } from "../baseline/index.ts";
import type { LogTarget } from "../model/facets.ts";
import type { BucketRef } from "../model/ref.ts";
import { type Delivery, judgeDelivery } from "./log-delivery.ts";
import { backToSseS3 } from "./sse-s3-command.ts";

/** Something about a log bucket because of which logs do not arrive, or never end. */
export interface Trouble {
  readonly kind: "undelivered" | "endless";
  readonly why: string;
  /** What has to be there instead, for a person. */
  readonly needs: string;
  /** How the owner of the log bucket gets there, where one call does it. */
  readonly command?: string;
}

/**
 * What stops S3 from delivering into the target, whoever logs and whatever its policy says. `region`
 * is that of the sources.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function troublesAt(target: LogTarget, region: string): readonly Trouble[] {
  const { name, encryption } = target;
  const troubles: (Trouble | false)[] = [
    target.region !== region && {
      kind: "undelivered",
      why: `the log bucket ${name} is in ${target.region}, the source in ${region}`,
      needs: `a log bucket in ${region}`,
    },
    target.objectLock.state === "present" && {
      kind: "undelivered",
      why: `the log bucket ${name} has Object Lock, which stops log delivery`,
      needs: "a log bucket without Object Lock",
    },
    target.requesterPays && {
      kind: "undelivered",
      why: `the log bucket ${name} is Requester Pays, which stops log delivery`,
      needs: "a log bucket whose owner pays",
      command: `aws s3api put-bucket-request-payment --bucket ${name} --request-payment-configuration Payer=BucketOwner`,
    },
    encryption.state === "present" &&
      encryption.value.algorithm !== "AES256" && {
        kind: "undelivered",
        why: `the log bucket ${name} encrypts with ${encryption.value.algorithm}, which stops log delivery`,
        needs: "SSE-S3 as default encryption of the log bucket",
        command: backToSseS3(encryption.value, name),
      },
  ];
  return troubles.filter((it) => it !== false);
}

/** The target's own logs come back to it, at once or by way of `source`. */
export function loopThrough(target: LogTarget, source: BucketRef): Trouble | undefined {
  const { name, logsInto } = target;
  if (!logsInto.includes(source.name) && !logsInto.includes(name)) return undefined;
  return {
    kind: "endless",
    why: `the log bucket ${name} logs into ${logsInto.join(", then ")}: an endless loop`,
    needs: `logging switched off on ${name}`,
    command: switchLoggingOff(name),
  };
}

/** The call that ends logging; S3 has no other. */
export function switchLoggingOff(bucket: string): string {
  return `aws s3api put-bucket-logging --bucket ${bucket} --bucket-logging-status '{}'`;
}

/** A legal name that a single grant cannot have meant; only a grant for the account covers it. */
export const anySource = "bucket-warden-any-source" as BucketRef["name"];

/** Whether every bucket of the account may deliver into the target, under the prefix of the baseline. */
export function judgeAnyDelivery(
  target: LogTarget,
  { on, settings }: { readonly on: BucketRef; readonly settings: Settings },
): Delivery {
  const prefix = fillInBucket(settings.logPrefix, anySource);
  return judgeDelivery(target, { ...on, name: anySource }, prefix);
}
