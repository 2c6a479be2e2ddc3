import type { KeyFormat, Logging } from "./facets.ts";

/**
 * How the names of log files are built; undefined for a format that S3 may add later.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_TargetObjectKeyFormat.html
 */
export function keyFormatOf({ enabled }: Logging): KeyFormat | undefined {
  const format = membersOf(enabled["TargetObjectKeyFormat"]);
  const names = Object.keys(format).filter((name) => format[name] !== undefined);
  if (names.length === 0 || names.includes("SimplePrefix")) return "simple";
  if (!names.includes("PartitionedPrefix")) return undefined;
  switch (membersOf(format["PartitionedPrefix"])["PartitionDateSource"]) {
    case undefined: // the default: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PartitionedPrefix.html
    case "EventTime":
      return "partitioned-by-event-time";
    case "DeliveryTime":
      return "partitioned-by-delivery-time";
    default:
      return undefined;
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
