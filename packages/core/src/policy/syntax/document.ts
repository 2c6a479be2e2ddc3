/** The language version decides whether `${...}` is a variable; a missing `Version` means 2008-10-17. */
export type LanguageVersion = "2008-10-17" | "2012-10-17";

/** One policy as AWS would read it. `text` is kept so that it can be written back byte for byte. */
export interface Policy {
  readonly text: string;
  readonly version: LanguageVersion;
  readonly versionGiven: boolean;
  readonly id?: string;
  readonly statements: readonly Statement[];
  /** Whether `Statement` was written as an array; a single object is legal as well. */
  readonly statementsAsArray: boolean;
}

export interface Statement {
  /** Place in the document, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly principal: PrincipalElement;
  readonly action: PatternElement;
  readonly resource: PatternElement;
  readonly conditions: readonly Condition[];
  /** Offsets of the statement object in `Policy.text` (UTF-16 units): `text.slice(start, end)`. */
  readonly span: Span;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `negated` is true for `NotAction` and `NotResource`. Patterns are kept as written. */
export interface PatternElement {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `negated` is true for `NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** `everyone` is `"*"` and `{"AWS":"*"}`, which behave identically in a bucket policy. */
export type PrincipalEntry =
  | { readonly kind: "everyone" }
  | { readonly kind: "aws"; readonly value: string }
  | { readonly kind: "service"; readonly value: string }
  | { readonly kind: "federated"; readonly value: string }
  | { readonly kind: "canonical-user"; readonly value: string };

/** One operator and key with its values; values that were unquoted are kept as their JSON text. */
export interface Condition {
  /** As written, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written, e.g. `AWS:SecureTransport`; condition keys compare without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

export type Severity = "error" | "warning";

/** Something to tell the author of a policy. `code` is stable, `path` is like `Statement[1].Condition`. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly didYouMean?: string;
}
