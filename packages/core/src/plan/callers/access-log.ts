/** One request as a server access log tells of it. What a client chose in it may be anything. */
export interface LoggedRequest {
  readonly bucket: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly remoteIp: string;
  /** An ARN or a canonical user id; `-` for nobody. */
  readonly requester: string;
  readonly userAgent: string;
  /** The HTTP status of the answer; undefined where the log has none. */
  readonly status: number | undefined;
  /** `TLSv1.2` and so on, `none` for plain HTTP; undefined where the record does not tell. */
  readonly tls: string | undefined;
}

export interface ParsedLog {
  readonly requests: readonly LoggedRequest[];
  /** Lines that are no records, or that somebody's quotation marks made ambiguous. */
  readonly unreadable: number;
}

/**
 * Reads a log file. Fields that S3 may add at the end of a line are left alone; the last line of a file
 * that was not read to its end is left out.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export function parseAccessLog(text: string, isWhole: boolean): ParsedLog {
  const lines = text.split("\n");
  const whole = isWhole ? lines : lines.slice(0, -1);
  const parsed = whole.filter((line) => line !== "").map(requestIn);
  const requests = parsed.filter((it) => it !== undefined);
  return { requests, unreadable: parsed.length - requests.length };
}

/** The places of fields in a line, from 0. */
const field = {
  bucket: 1,
  time: 2,
  remoteIp: 3,
  requester: 4,
  operation: 6,
  uri: 8,
  status: 9,
  referer: 15,
  userAgent: 16,
  cipher: 20,
  host: 22,
  tls: 23,
} as const;

const quotedFields: readonly number[] = [field.uri, field.referer, field.userAgent];
const longestLine = 65_536;

/**
 * A client may put quotation marks into its own fields and so make up others. Such a line has more of
 * them than the format, and no record is better than a forged one.
 */
function requestIn(line: string): LoggedRequest | undefined {
  if (line.length > longestLine) return undefined;
  const words = line.match(/\[[^\]]*\]|"[^"]*"|[^\s"]+/g) ?? [];
  if (words.join(" ") !== line) return undefined;
  if (words.some((word, place) => word.startsWith('"') && !quotedFields.includes(place))) {
    return undefined;
  }
  const at = momentOf(words[field.time]);
  const bucket = words[field.bucket];
  if (at === undefined || bucket === undefined) return undefined;
  return {
    bucket,
    at,
    remoteIp: words[field.remoteIp] ?? "-",
    requester: words[field.requester] ?? "-",
    userAgent: (words[field.userAgent] ?? "-").replaceAll('"', ""),
    status: /^\d{3}$/.test(words[field.status] ?? "") ? Number(words[field.status]) : undefined,
    tls: tlsOf(words),
  };
}

/** What S3 does by itself, e.g. expire objects, has neither TLS nor a host that it was sent to. */
function tlsOf(words: readonly string[]): string | undefined {
  const { [field.tls]: tls, [field.cipher]: cipher, [field.host]: host } = words;
  if (tls === undefined) return undefined;
  if (tls !== "-") return tls;
  const isSent = host !== "-" && !/^(S3|BATCH)\./.test(words[field.operation] ?? "");
  return cipher === "-" && isSent ? "none" : undefined;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `[06/Feb/2019:00:00:38 +0000]` */
function momentOf(text = ""): number | undefined {
  const match = /^\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) \+0000\]$/.exec(text);
  const [, day, name = "", year, time] = match ?? [];
  const month = String(months.indexOf(name) + 1).padStart(2, "0");
  const at = Date.parse(`${year}-${month}-${day}T${time}Z`);
  return Number.isNaN(at) ? undefined : at;
}
