import { s3Error } from "../s3/errors.ts";
import { textOf, type XmlElement } from "../wire/xml.ts";

/** What an access point gets that is made without a public access block of its own. */
export const allBlocked: XmlElement = {
  BlockPublicAcls: "true",
  IgnorePublicAcls: "true",
  BlockPublicPolicy: "true",
  RestrictPublicBuckets: "true",
};

const mostOnAPage = 1_000;

/** One page of them, by name, and the element that leads to the next. */
export function pageOf<T extends { readonly name: string }>(
  all: readonly T[],
  query: URLSearchParams,
): { readonly items: readonly T[]; readonly next: XmlElement } {
  const sorted = all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const start = Number(query.get("nextToken") ?? 0);
  const end = start + Math.min(Number(query.get("maxResults") ?? mostOnAPage), mostOnAPage);
  const next = end < sorted.length ? { NextToken: String(end) } : {};
  return { items: sorted.slice(start, end), next };
}

/** The policy in a request. Throws MalformedPolicy unless it is a JSON object. */
export function policyIn(body: XmlElement): string {
  const policy = textOf(body, "Policy") ?? "";
  try {
    const value: unknown = JSON.parse(policy);
    if (typeof value === "object" && value !== null) return policy;
  } catch {
    // Not JSON at all, which is refused like JSON that is no object.
  }
  throw s3Error("MalformedPolicy");
}
