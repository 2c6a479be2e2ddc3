import { InputError, printable } from "@bucket-warden/core/kernel";
import { awsElsewhere } from "../local/endpoint.ts";
import { openLocal } from "../local/local.ts";
import { checkDeployment } from "./deployment.ts";
import type { Line } from "./line.ts";
import { type Asked, checkAccess } from "./own-access.ts";

export interface DoctorRequest {
  readonly baseline?: string;
  readonly ledger: string;
  readonly bucket?: string;
  readonly prefix: string;
}

/** Looks at everything that the Warden needs here, and says of each thing what to do about it. */
export async function examine({
  baseline,
  ledger,
  bucket,
  prefix,
}: DoctorRequest): Promise<readonly Line[]> {
  const asked: Asked[] = [];
  const onRead = (facet: Asked["facet"], on: Asked["on"], reading: Asked["reading"]) => {
    asked.push({ facet, on, reading });
  };
  const opened = await openLocal({
    baseline,
    ledger,
    tell: () => {},
    onRead,
    orDefault: true,
  }).then(
    (local) => ({ local }),
    (error: unknown) => ({ line: failed(error) }),
  );
  if ("line" in opened) return [endpoint(), opened.line];
  const { local } = opened;
  const access = await checkAccess({ local, asked }, bucket).catch((error: unknown) => [
    failed(error),
  ]);
  const deployment = await checkDeployment({ local, prefix, ...local.deployment });
  return [
    endpoint(),
    credentials(local.caller),
    settings(local.baseline.file),
    ...access,
    ...deployment,
  ];
}

function endpoint(): Line {
  const { endpoint: elsewhere } = awsElsewhere();
  const saw = elsewhere === undefined ? "AWS" : `${elsewhere} (AWS_ENDPOINT_URL), not AWS itself`;
  return { check: "endpoint", status: "ok", saw };
}

const soonMilliseconds = 5 * 60_000;

function credentials({ arn, expires }: { readonly arn: string; readonly expires?: string }): Line {
  const check = "credentials";
  if (expires === undefined) return { check, status: "ok", saw: arn };
  const saw = `${arn}, until ${expires}`;
  if (Date.parse(expires) - Date.now() > soonMilliseconds) return { check, status: "ok", saw };
  return { check, status: "warn", saw, next: "Sign in again: they end within minutes." };
}

function settings(file: string): Line {
  return { check: "baseline", status: "ok", saw: file };
}

/** What was refused has its three parts already. */
function failed(error: unknown): Line {
  if (!(error instanceof InputError)) throw error;
  const { place, problem, remedy } = error;
  return { check: place, status: "fail", saw: problem, next: remedy };
}

/** The lines for people, in columns. */
export function examinationLines(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(({ check }) => check.length));
  return lines.flatMap(({ check, status, saw, next }) => [
    `${status.padEnd(7)}  ${printable(check).padEnd(width)}  ${printable(saw)}`,
    ...(next === undefined ? [] : [`${" ".repeat(7 + 2 + width + 2)}${printable(next)}`]),
  ]);
}
