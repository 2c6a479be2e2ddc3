import type { BucketRef } from "../../model/ref.ts";

/** What the newest log files of a bucket hold, as far as they could be read. */
export type RecentLogs =
  | {
      readonly kind: "read";
      readonly files: readonly LogFile[];
      /** When the oldest of them came, in milliseconds since 1970. */
      readonly since: number;
      /** There were more files than could be listed, so that later ones may be missing. */
      readonly isSample: boolean;
    }
  | { readonly kind: "unread"; readonly why: string };

export interface LogFile {
  readonly text: string;
  /** False where only its beginning was read. */
  readonly isWhole: boolean;
}

/** The server access logs of a bucket. A port: it never throws, and it gives up rather than take long. */
export interface AccessLogs {
  /** Those that were delivered before `asOf`, in milliseconds since 1970. */
  readonly recent: (bucket: BucketRef, asOf: number) => Promise<RecentLogs>;
}
