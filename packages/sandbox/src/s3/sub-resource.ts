import type { Call } from "../call.ts";
import type { XmlElement } from "../wire/xml.ts";
import type { World } from "../world.ts";
import type { Bucket } from "./bucket.ts";
import type { S3ErrorName } from "./errors.ts";

/** What a Put or Delete of a bucket's configuration has at hand. */
export interface Edit {
  readonly world: World;
  readonly call: Call;
  readonly bucket: Bucket;
}

/** One XML document of a bucket's configuration, reached as `/bucket?marker`. */
export interface SubResource {
  readonly marker: string;
  /** The root element, of requests and answers alike. */
  readonly root: string;
  /** The names of the API operations. */
  readonly api: { readonly get: string; readonly put: string; readonly delete?: string };
  /** CloudTrail's event names where they are not the API's. */
  readonly events?: { readonly get?: string; readonly put?: string; readonly delete?: string };
  /** What Get answers when nothing is configured. */
  readonly unset:
    | { readonly kind: "error"; readonly code: S3ErrorName }
    | { readonly kind: "document"; readonly document: (bucket: Bucket) => XmlElement };
  /** Throws what S3 would refuse; returns what S3 would store, or undefined to unset it. */
  readonly accept: (body: XmlElement, edit: Edit) => XmlElement | undefined;
  /** What Get shows of what is stored, where that is not the same. */
  readonly show?: (document: XmlElement, bucket: Bucket, world: World) => XmlElement;
  /** What Delete leaves behind; nothing when left out. */
  readonly afterDelete?: (edit: Edit) => XmlElement | undefined;
  /** Success status of Put; 200 when left out. */
  readonly putStatus?: 200 | 204;
  /** Builds the body of a Put that came without one, from its headers. */
  readonly bodyFromHeaders?: (edit: Edit) => XmlElement | undefined;
  readonly getHeaders?: Readonly<Record<string, string>>;
}
