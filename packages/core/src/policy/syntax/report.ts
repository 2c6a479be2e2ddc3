import type { Diagnostic, Severity } from "./document.ts";

/** Collects diagnostics while one document is read; reading goes on so that all of them are told. */
export interface Report {
  readonly error: (finding: Finding) => void;
  readonly warning: (finding: Finding) => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

type Finding = Omit<Diagnostic, "severity" | "didYouMean"> & {
  readonly didYouMean?: string | undefined;
};

export function newReport(): Report {
  const found: Diagnostic[] = [];
  const add = (severity: Severity, { didYouMean, ...finding }: Finding): void => {
    const hint = didYouMean === undefined ? {} : { didYouMean };
    found.push({ ...finding, severity, ...hint });
  };
  return {
    error: (finding) => add("error", finding),
    warning: (finding) => add("warning", finding),
    diagnostics: () => found,
  };
}
