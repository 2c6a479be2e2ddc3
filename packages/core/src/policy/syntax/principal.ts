import { nearest } from "../../kernel/nearest.ts";
import { accountEntry, isDeadPrincipal } from "../match/principal.ts";
import type { PrincipalEntry } from "./document.ts";
import type { JsonNode } from "./json-reader.ts";
import { type Place, pathTo, readStrings, stringOf } from "./nodes.ts";

type EntryKind = Exclude<PrincipalEntry["kind"], "everyone">;

const KINDS: ReadonlyMap<string, EntryKind> = new Map([
  ["AWS", "aws"],
  ["Service", "service"],
  ["Federated", "federated"],
  ["CanonicalUser", "canonical-user"],
] as const);

/**
 * The entries of a `Principal` or `NotPrincipal` element; `undefined` when it cannot be read.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipal(node: JsonNode, place: Place): readonly PrincipalEntry[] | undefined {
  if (stringOf(node) === "*") return [{ kind: "everyone" }];
  if (node.kind !== "object") {
    const message = 'must be "*" or an object such as {"AWS": "111122223333"}';
    place.report.error({ code: "policy.invalid-principal", path: place.path, message });
    return undefined;
  }
  if (node.members.length === 0) {
    const message = "names nobody";
    place.report.warning({ code: "policy.empty-list", path: place.path, message });
  }
  const lists = node.members.map(({ key, value }) =>
    readEntries(key, value, { ...place, path: pathTo(place.path, key) }),
  );
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? known.flat() : undefined;
}

function readEntries(
  key: string,
  node: JsonNode,
  place: Place,
): readonly PrincipalEntry[] | undefined {
  const kind = KINDS.get(key);
  if (kind === undefined) {
    place.report.error({
      code: "policy.invalid-principal",
      path: place.path,
      message: `there is no kind of principal called ${JSON.stringify(key)}`,
      didYouMean: nearest(key, KINDS.keys()),
    });
    return undefined;
  }
  return readStrings(node, place)?.map((value) => {
    if (kind === "aws" && value === "*") return { kind: "everyone" };
    reportDoubts(kind, value, place);
    return { kind, value };
  });
}

function reportDoubts(kind: EntryKind, value: string, { path, report }: Place): void {
  if (kind === "aws" && isDeadPrincipal(value)) {
    const message = `${value} is the id of a deleted user or role: S3 refuses to store it again`;
    report.warning({ code: "policy.dead-principal", path, message });
    return;
  }
  const fault = kind === "aws" ? awsFault(value) : wildcardFault(value);
  if (fault === undefined) return;
  report.error({ code: "policy.invalid-principal", path, message: `${value}: ${fault}` });
}

/** Twelve digits, or `cloudfront` for the origin access identities of CloudFront. */
const IAM_PRINCIPAL = /^arn:aws[a-z-]*:iam::(?:\d{12}|cloudfront):(?:root|(?:user|role)\/.+)$/;
const STS_PRINCIPAL =
  /^arn:aws[a-z-]*:sts::\d{12}:(?:assumed-role\/.+\/|federated-user\/|self$).*$/;

function awsFault(value: string): string | undefined {
  const wildcard = wildcardFault(value);
  if (wildcard !== undefined) return wildcard;
  if (/^\d{12}$/.test(value)) return undefined;
  if (IAM_PRINCIPAL.test(value) || STS_PRINCIPAL.test(value)) return undefined;
  if (accountEntry(value) !== undefined) return "the account is not twelve digits";
  return "is neither an account of twelve digits nor the ARN of a user, role or session";
}

function wildcardFault(value: string): string | undefined {
  return /[*?]/.test(value) ? "a wildcard cannot stand for a part of a principal" : undefined;
}
