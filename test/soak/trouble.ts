import type { Fault } from "@bucket-warden/sandbox";
import type { Rehearsal } from "../path/rehearsal.ts";

const kinds: readonly Omit<Fault, "seed">[] = [
  { kind: "throttle", service: "s3", probability: 0.5 },
  { kind: "operation-aborted", service: "s3", probability: 0.5 },
  { kind: "internal-error", service: "s3", probability: 0.3, landed: true },
  { kind: "internal-error", service: "s3", probability: 0.3 },
  { kind: "reset", service: "s3", probability: 0.3, landed: true },
  { kind: { latencyMilliseconds: 150 }, service: "s3", probability: 0.3 },
  { kind: { staleReads: 500 }, service: "s3", probability: 0.5 },
  { kind: "access-denied", service: "s3", operation: "GetBucketPolicy" },
  { kind: "access-denied", service: "s3", operation: "PutBucketPolicy" },
  { kind: "throttle", service: "dynamodb", probability: 0.2 },
  { kind: "internal-error", service: "sns", probability: 0.5 },
];

/** Switches one fault on, for nobody but the Warden; the result names it and switches it off. */
export function troubleFor({ sandbox }: Rehearsal, draw: () => number) {
  const fault = kinds[Math.floor(draw() * kinds.length)] as Fault; // never empty
  const principal = `arn:aws:iam::${sandbox.account}:user/bucket-warden`;
  const end = sandbox.faults.add({ ...fault, principal, seed: Math.floor(draw() * 2 ** 31) });
  const { kind, service, operation = "" } = fault;
  return { end, name: `${JSON.stringify(kind)} ${service} ${operation}`.trim() };
}
