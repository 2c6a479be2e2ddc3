import type { SettingsInput } from "./settings.ts";

/**
 * The deployments that there are, one for each stage: `npx sst deploy --stage production`. These are
 * examples with the account ids of AWS's own documentation; put your own in their place.
 */
export const stages = {
  /** A hub that guards every account of an organization. */
  production: {
    hub: { account: "111122223333", region: "eu-central-1" },
    guard: {
      id: "o-exampleorgid",
      units: ["ou-exam-workload", "ou-exam-platform"],
      deployAs: "delegated-administrator",
    },
    regions: ["eu-central-1", "eu-west-1", "us-east-1"],
    externalId: "bucket-warden-3f9a7c51",
    baseline: {},
    messagesTo: ["security@example.com"],
    slack: {
      channel: "C0EXAMPLE",
      tokenParameter: "/bucket-warden/slack/token",
      signingSecretParameter: "/bucket-warden/slack/signing-secret",
      userGroup: "S0EXAMPLE",
    },
    alarmsTo: ["platform@example.com"],
  },
  /** One account that guards itself: `guard` is all that differs. */
  sandbox: {
    hub: { account: "444455556666", region: "eu-central-1" },
    guard: "account",
    regions: ["eu-central-1", "us-east-1"],
    externalId: "bucket-warden-b20d64e8",
    baseline: {},
    alarmsTo: ["platform@example.com"],
  },
} satisfies Record<string, SettingsInput>;
