import { eventResources } from "./events.ts";
import { conditions, parameters } from "./parameters.ts";
import { outputs, roleResources } from "./roles.ts";
import { type Json, substituted } from "./substitute.ts";
import { type MemberTerms, refuseBadTerms } from "./terms.ts";

/** A CloudFormation template as data. */
export interface MemberTemplate {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Parameters: Readonly<Record<string, Json>>;
  readonly Conditions: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, Json>>;
  readonly Outputs: Readonly<Record<string, Json>>;
}

/**
 * The template of a member account, for every Region of it: what it forwards to the hub, and what the
 * hub may do in it. The same for the same terms, byte for byte. Throws InputError for a
 * prefix or a schedule that AWS would not take.
 */
export function memberTemplate(terms: MemberTerms): MemberTemplate {
  refuseBadTerms(terms);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "Bucket Warden in a member account: event rules in each Region, and the roles of the hub in the home Region.",
    Parameters: parameters(terms),
    Conditions: conditions,
    Resources: substituted({ ...eventResources(terms), ...roleResources(terms) }),
    Outputs: substituted(outputs),
  };
}
