import type { Guarantee, OwnStatement } from "../policy/index.ts";
import type { Encryption, KeyFormat, Logging, WritableFor } from "./facets.ts";
import type { ResourceKind } from "./ref.ts";

/**
 * What a control wants to be true of one document. It never carries the whole document: `plan/`
 * combines the intents of all controls into one write for each.
 */
export type Intent =
  | {
      readonly document: "policy";
      readonly kind: "ensure-guarantee";
      readonly guarantee: Guarantee;
    }
  | {
      readonly document: "policy";
      readonly kind: "ensure-statement";
      readonly statement: OwnStatement;
    }
  | {
      readonly document: "policy";
      /** What somebody made of `base`, done to the policy as it is now; undefined: no policy. */
      readonly kind: "redo-edit";
      readonly base: string | undefined;
      readonly edited: string | undefined;
    }
  | {
      readonly document: "encryption";
      readonly kind: "set-default-encryption";
      readonly algorithm: Encryption["algorithm"];
      readonly keyId: string;
      readonly bucketKeyEnabled: boolean;
    }
  | { readonly document: "encryption"; readonly kind: "block-sse-c" }
  | {
      readonly document: "logging";
      readonly kind: "enable-logging";
      readonly targetBucket: Logging["targetBucket"];
      readonly targetPrefix: Logging["targetPrefix"];
      /** Left as it is when left out. */
      readonly keyFormat?: KeyFormat;
    }
  | { readonly document: "versioning"; readonly kind: "enable-versioning" }
  | {
      readonly document: "objectLock";
      /** COMPLIANCE is never written: nobody could take it back. */
      readonly kind: "set-governance-retention";
      readonly days: number;
    }
  | { readonly document: "publicAccessBlock"; readonly kind: "block-public-access" }
  | { readonly document: "accountPublicAccess"; readonly kind: "block-account-public-access" }
  | { readonly document: "ownership"; readonly kind: "disable-acls" }
  | {
      readonly document: "cors";
      readonly kind: "remove-cors-rules";
      /** Their places in the document that was read, from 0. */
      readonly places: readonly number[];
    };

/** What a control of this kind of resource may want. */
export type IntentFor<K extends ResourceKind> = Extract<Intent, { document: WritableFor<K> }>;
