import { InputError } from "../../kernel/index.ts";
import type { Guarantee, Where } from "./guarantee.ts";
import { kmsEnforcement } from "./kms-enforcement.ts";
import { orgOnly } from "./org-only.ts";
import { type Params, paramsOf, type RawParams } from "./params.ts";
import { presignedMaxAge } from "./presigned-max-age.ts";
import { sseCDenied } from "./sse-c-denied.ts";
import { sslOnly } from "./ssl-only.ts";
import { tlsMinimum } from "./tls-minimum.ts";

interface Recipe {
  readonly params: readonly string[];
  readonly build: (params: Params, where: Where) => Guarantee;
}

const recipes: ReadonlyMap<string, Recipe> = new Map<string, Recipe>([
  ["ssl-only", sslOnly],
  ["tls-minimum", tlsMinimum],
  ["kms-enforcement", kmsEnforcement],
  ["sse-c-denied", sseCDenied],
  ["presigned-max-age", presignedMaxAge],
  ["org-only", orgOnly],
]);

// Wide enough for the names of early days and of examples; what matters is that no wildcard gets in.
const bucketForm = /^[A-Za-z0-9._-]{1,255}$/;
const partitionForm = /^aws(-[a-z]+)*$/;

/** Makes one of the ready-made guarantees; throws InputError that names the parameter. */
export function guarantee(name: string, params: RawParams, where: Where): Guarantee {
  const recipe = recipes.get(name);
  if (recipe === undefined) {
    throw new InputError({
      place: "guarantee",
      problem: `${JSON.stringify(name)} is not a guarantee`,
      remedy: `Give one of ${[...recipes.keys()].join(", ")}`,
    });
  }
  const { bucket, partition } = where;
  checkWhere(name, "bucket", bucket, bucketForm);
  checkWhere(name, "partition", partition, partitionForm);
  return recipe.build(paramsOf(name, params, recipe.params), { bucket, partition });
}

function checkWhere(name: string, part: string, value: string, form: RegExp): void {
  if (form.test(value)) return;
  throw new InputError({
    place: `guarantee ${name}, ${part}`,
    problem: `is ${JSON.stringify(value)}`,
    remedy: `Give the ${part} as AWS names it`,
  });
}
