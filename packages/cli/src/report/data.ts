/**
 * What the page of a report is made of, as it stands in the page. It is read by the page's own
 * script, so it is plain data, and every text in it is safe to show in one line.
 */
export interface ReportData {
  /** ISO 8601 */
  readonly madeAt: string;
  /** Where it comes from, a sentence each. */
  readonly sources: readonly string[];
  readonly controls: readonly { readonly id: string; readonly title: string }[];
  /** What is not as it should be; what is right is only counted. */
  readonly findings: readonly FindingRow[];
  readonly posture: readonly PostureCell[];
  readonly unlooked: readonly { readonly where: string; readonly why: string }[];
  /** What the ledger remembers, where one was read. */
  readonly work?: Work;
}

export type OpenVerdict = "drift" | "undecided" | "unread" | "waived";

export interface FindingRow {
  readonly resource: string;
  readonly account: string;
  readonly region: string;
  readonly control: string;
  readonly verdict: OpenVerdict;
  /** `repair`, `flagged`, `approval`, `blocked`, `contested` or nothing. */
  readonly response: string;
  readonly saw: string;
  readonly witness?: string;
  /** Why it is held, or what would be written. */
  readonly why?: string;
  readonly next?: string;
  /** What would be written, line by line. */
  readonly diff: readonly string[];
  readonly who?: string;
  readonly waiver?: WaiverText;
  /** ISO 8601 */
  readonly at: string;
}

export interface WaiverText {
  readonly approver: string;
  readonly reason: string;
  readonly until: string;
}

/** How one control stands in one account. */
export interface PostureCell {
  readonly account: string;
  readonly control: string;
  readonly compliant: number;
  readonly drift: number;
  readonly unknown: number;
  readonly waived: number;
}

/** What was done in the last days. */
export interface Work {
  readonly days: readonly DayOfWork[];
  readonly times: RepairTimes;
  readonly actors: readonly ActorRow[];
  readonly contested: readonly ContestedRow[];
  /** Newest first. */
  readonly repairs: readonly RepairRow[];
  /** Older ones that are counted and not shown. */
  readonly moreRepairs: number;
}

export interface DayOfWork {
  /** `2026-11-20`, in UTC. */
  readonly day: string;
  readonly repaired: number;
  readonly leftToPeople: number;
}

/** From the call to the verified repair, where an event told of the call. */
export interface RepairTimes {
  readonly count: number;
  /** Missing where nothing was repaired. */
  readonly medianSeconds?: number;
  /** Each counts what took no longer than `upTo` and longer than the one before. */
  readonly bins: readonly { readonly upTo: string; readonly count: number }[];
}

export interface ActorRow {
  readonly name: string;
  /** Changes of theirs after which something was wrong. */
  readonly changes: number;
  readonly repaired: number;
  /** ISO 8601 */
  readonly last: string;
}

export interface ContestedRow {
  readonly resource: string;
  readonly account: string;
  readonly control: string;
  readonly repairs: number;
  /** ISO 8601, both */
  readonly since: string;
  readonly seen: string;
  readonly by?: string;
}

export interface RepairRow {
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly resource: string;
  readonly account: string;
  readonly region: string;
  readonly outcome: string;
  readonly controls: readonly string[];
  /** What made us look. */
  readonly cause: string;
  readonly actor?: string;
  readonly seconds?: number;
  readonly changes: readonly { readonly document: string; readonly diff: readonly string[] }[];
}
