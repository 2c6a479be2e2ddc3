/** How one check of the doctor ended. */
export interface Line {
  readonly check: string;
  readonly status: "ok" | "warn" | "fail" | "unknown";
  readonly saw: string;
  /** What to do about it. */
  readonly next?: string;
}

/** What it all comes to, for scripts: something is wrong, or something could not be told. */
export function doctorExitCode(lines: readonly Line[]): 0 | 2 | 3 {
  const statuses = new Set(lines.map(({ status }) => status));
  if (statuses.has("fail") || statuses.has("warn")) return 2;
  return statuses.has("unknown") ? 3 : 0;
}
