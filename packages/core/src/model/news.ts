/** What can be told of one control on one resource; the outcome of a message, for filters and routes. */
export const noticeKinds = [
  /** Somebody weakened what watches the buckets, or tried to. */
  "alarm",
  "fixed",
  "flagged",
  "approval-wanted",
  "blocked",
  /** The same drift keeps coming back. */
  "contested",
  "recovered",
  /** What was written was taken back. */
  "undone",
  "undecided",
  "unread",
  "waiver-ending",
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

/** How soon somebody has to look: at once, soon, or not at all. */
export const severityLevels = ["critical", "warning", "info"] as const;

export type Severity = (typeof severityLevels)[number];
