import type { XmlElement } from "../wire/xml.ts";

/** Everything that is configured on a bucket, by the sub-resource marker of its URL (`logging`, …). */
export interface Configuration {
  /** The text as it was put, byte for byte. */
  readonly policy?: string;
  readonly documents: Readonly<Record<string, XmlElement>>;
}

export interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A bucket. The configuration is replaced as a whole, so earlier ones can still be read. */
export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  readonly objects: Map<string, StoredObject>;
  configuration: Configuration;
  /** Earlier configurations and the moment at which each was replaced, oldest first. */
  readonly history: { readonly until: number; readonly configuration: Configuration }[];
}

/** Stale reads look back over seconds, so a long rehearsal need not keep more. */
const keptConfigurations = 100;

/** The bucket's configuration from `now` on. */
export function reconfigure(bucket: Bucket, next: Configuration, now: number): void {
  bucket.history.push({ until: now, configuration: bucket.configuration });
  if (bucket.history.length > keptConfigurations) bucket.history.shift();
  bucket.configuration = next;
}

/** The configuration as somebody sees it who reads what was true at `moment`. */
export function configurationAt(bucket: Bucket, moment: number | undefined): Configuration {
  if (moment === undefined) return bucket.configuration;
  const earlier = bucket.history.find(({ until }) => until > moment);
  return earlier === undefined ? bucket.configuration : earlier.configuration;
}

/** A copy of `configuration` in which one document is set, or removed when undefined. */
export function withDocument(
  configuration: Configuration,
  name: string,
  document: XmlElement | undefined,
): Configuration {
  const { [name]: _replaced, ...others } = configuration.documents;
  return {
    ...configuration,
    documents: document === undefined ? others : { ...others, [name]: document },
  };
}

/** A copy of `configuration` with this policy, or with none. */
export function withPolicy(
  configuration: Configuration,
  policy: string | undefined,
): Configuration {
  const { documents } = configuration;
  return policy === undefined ? { documents } : { documents, policy };
}
