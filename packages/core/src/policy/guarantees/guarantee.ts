import type { Condition } from "../syntax/document.ts";

/**
 * A promise about a bucket, or about another resource that has a policy: every request of these classes is denied. Plain data, so that it can be
 * stored in a plan and sent over a queue; `guarantee()` makes the ready-made ones, and a literal of
 * this type is a guarantee of one's own.
 */
export interface Guarantee {
  readonly name: string;
  /** What holds when the guarantee is proven, as a sentence without its full stop. */
  readonly sentence: string;
  /** The name of the bucket, or of the other resource. */
  readonly bucket: string;
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  readonly mustDeny: readonly RequestClass[];
  /** The statements that give the guarantee when the policy does not give it in other words. */
  readonly statements: readonly OwnStatement[];
  /** Sids that only this guarantee may use; `ensure` replaces whatever carries one of them. */
  readonly sids: readonly string[];
}

/** A set of requests: the product of its members. */
export type RequestClass = Requests & (ToBucket | ToOther);

interface ToBucket {
  /** `every` includes actions that S3 does not have yet; names are exact. */
  readonly actions: "every" | readonly string[];
  readonly resources: "bucket-and-objects" | "objects";
}

/** Requests to one resource of another service, such as a vault of Glacier. */
interface ToOther {
  readonly actions: readonly string[];
  readonly resources: { readonly arn: string };
}

interface Requests {
  /** Ends the sentence "anyone may call s3:GetObject on …", e.g. "over plain HTTP". */
  readonly manner: string;
  readonly callers: Callers;
  /** All of them hold for each request of the class. */
  readonly where: readonly Condition[];
  /**
   * What real requests of the class look like, although AWS does not document it. A witness has to
   * keep to it and a proof must not lean on it; where that makes a difference the answer is undecided.
   */
  readonly assuming: readonly Condition[];
}

/** `all-but-services` leaves out AWS services that call as themselves, not roles that they assume. */
export type Callers = "everyone" | "all-but-services" | "signed";

/** A statement that the Warden writes, in the form in which it is written. */
export interface OwnStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Action: OneOrMore;
  readonly Resource: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export type OneOrMore = string | readonly string[];

/** The bucket that a guarantee is about. */
export interface Where {
  readonly bucket: string;
  readonly partition: string;
}
