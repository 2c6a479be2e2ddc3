import { defineControl } from "./control.ts";
import { isNamedBy } from "./name-patterns.ts";

/** No bucket is a website endpoint unless the baseline says so. */
export const website = defineControl({
  id: "website",
  reads: ["website"],

  evaluate({ website: actual }, { on, own }) {
    if (actual.state === "absent") {
      return { kind: "compliant", evidence: "the bucket is no website endpoint" };
    }
    if (isNamedBy(own.allowed, on)) {
      return { kind: "not-applicable", why: "the baseline lets this bucket serve a website" };
    }
    const what =
      actual.value["RedirectAllRequestsTo"] === undefined ? "serves a website" : "redirects";
    return {
      kind: "drift",
      summary: `the bucket ${what} at a website endpoint, which speaks plain HTTP only`,
      detail: {},
      hold: {
        mode: "report-only",
        why: "taking a website off the net is for its owners; CloudFront with origin access control serves the same bucket over TLS, without a website endpoint",
        command: `aws s3api delete-bucket-website --bucket ${on.name} --expected-bucket-owner ${on.account}`,
      },
    };
  },

  remediation: {
    mode: "report-only",
    why: "taking a website off the net is for its owners",
  },

  docs: {
    title: "Only buckets that are meant to be are websites",
    rationale:
      "A website endpoint has no TLS and only serves what is public, so it is the usual reason why a bucket is open.",
    breaks:
      "Nothing is written. Deleting the website configuration takes the website endpoint off the net.",
    stops: ["The baseline lets the bucket serve a website: not applicable."],
  },
  references: {},
});
