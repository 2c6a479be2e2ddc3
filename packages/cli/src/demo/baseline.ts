import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";

/** What the account of the demo asks of its buckets. */
export const demoBaseline = {
  ...sandboxBaseline,
  "account-public-access": { mode: "approve" },
  "access-logging": { mode: "remediate", target: "acme-logs-{account}-{region}" },
  "client-side-encryption": { mode: "alert", buckets: ["*-vault"] },
  "mfa-delete": { mode: "alert", buckets: ["*-vault"] },
  "vault-lock": { mode: "alert", vaults: ["records-*"] },
  "object-lock": { mode: "alert", minimum: { mode: "GOVERNANCE", days: 30 } },
  scopes: [
    {
      name: "vaults",
      match: { buckets: ["*-vault"] },
      settings: { "tls-minimum": { mode: "alert" }, "presigned-url-age": { mode: "alert" } },
    },
  ],
};
