import { type Edition, requirementsOf, type SecurityHubId } from "./security-hub.ts";

/** Where else the thing that a control asks for has a name, in the order in which people look. */
export const catalogues = {
  "security-hub": "AWS Security Hub CSPM",
  "config-rule": "AWS Config managed rule",
  "cis-aws-foundations": "CIS AWS Foundations Benchmark",
  "nist-800-53-r5": "NIST SP 800-53 Rev. 5",
  "pci-dss": "PCI DSS",
} as const;

export type Catalogue = keyof typeof catalogues;

/** One name of a control in one catalogue, e.g. `2.1.1` in edition `v5.0.0` of CIS. */
export interface Reference {
  readonly catalogue: Catalogue;
  readonly edition?: string;
  readonly name: string;
  /** False where nobody has read it in the catalogue itself. */
  readonly verified: boolean;
}

/**
 * What a control has to name itself. The Config rule and the requirements behind a control of
 * Security Hub follow from its id; see `security-hub.ts`.
 */
export interface Names {
  readonly "security-hub"?: readonly SecurityHubId[];
  /** What no control of Security Hub leads to. */
  readonly "cis-aws-foundations"?: readonly Edition[];
}

/** Everything that the names lead to, each reference once, ordered by catalogue. */
export function referencesFor(names: Names): readonly Reference[] {
  const ids = names["security-hub"] ?? [];
  const found = [
    ...ids.flatMap(behind),
    ...(names["cis-aws-foundations"] ?? []).map((it) => editionOf("cis-aws-foundations", it, true)),
  ];
  const unique = new Map(found.map((reference) => [printOf(reference), reference]));
  const order = Object.keys(catalogues);
  return [...unique.values()].sort(
    (one, other) => order.indexOf(one.catalogue) - order.indexOf(other.catalogue),
  );
}

/** The reference as one line, e.g. `v5.0.0/2.1.1`; without its catalogue. */
export function nameOf({ edition, name }: Reference): string {
  return edition === undefined ? name : `${edition}/${name}`;
}

function behind(id: SecurityHubId): readonly Reference[] {
  const { configRule, cis = [], nist = [], pci = [], unverified } = requirementsOf(id);
  const verified = unverified === undefined;
  return [
    { catalogue: "security-hub", name: id, verified },
    { catalogue: "config-rule", name: configRule, verified },
    ...cis.map((it) => editionOf("cis-aws-foundations", it, verified)),
    ...nist.map((name): Reference => ({ catalogue: "nist-800-53-r5", name, verified })),
    ...pci.map((it) => editionOf("pci-dss", it, verified)),
  ];
}

function editionOf(catalogue: Catalogue, text: Edition, verified: boolean): Reference {
  const [edition = "", name = ""] = text.split("/");
  return { catalogue, edition, name, verified };
}

function printOf(reference: Reference): string {
  return `${reference.catalogue} ${nameOf(reference)}`;
}
