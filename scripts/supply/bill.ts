import * as z from "zod";

const component = z.object({
  type: z.string(),
  name: z.string().min(1),
  version: z.string().min(1),
  purl: z.string().startsWith("pkg:npm/"),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
});

/** The parts of a CycloneDX bill of materials that whoever reads it depends on. */
const schema = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().regex(/^1\.[4-9]$/),
  serialNumber: z.string().startsWith("urn:uuid:"),
  components: z.array(component).min(1),
  dependencies: z.array(z.object({ ref: z.string() })).min(1),
});

export interface Bill {
  readonly components: number;
  /** Packages of others without a digest. */
  readonly unsealed: readonly string[];
}

/** What a bill of materials holds. Throws when it is none, or lists one thing twice. */
export function readBill(text: string, ours: (purl: string) => boolean): Bill {
  const { components } = schema.parse(JSON.parse(text));
  const purls = components.map(({ purl }) => purl);
  const twice = purls.find((purl, index) => purls.indexOf(purl) !== index);
  if (twice !== undefined) throw new Error(`${twice} is listed twice`);
  const unsealed = components.filter(
    ({ purl, hashes = [] }) => !ours(purl) && !hashes.some(({ alg }) => alg === "SHA-512"),
  );
  return { components: components.length, unsealed: unsealed.map(({ purl }) => purl) };
}
