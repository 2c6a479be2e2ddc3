import type { FormatName } from "../output/formats.ts";

/** What people can say of a scan. */
export interface ScanOptions {
  readonly account?: readonly string[];
  readonly organization?: boolean;
  readonly role?: string;
  readonly externalId?: string;
  readonly region?: readonly string[];
  readonly bucket?: readonly string[];
  readonly control?: readonly string[];
  readonly baseline?: string;
  readonly ledger?: string;
  readonly concurrency: number;
  readonly output: FormatName;
  readonly out?: string;
}
