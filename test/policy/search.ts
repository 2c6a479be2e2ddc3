import type { RequestClass } from "../../packages/core/src/policy/guarantees/guarantee.ts";
import type { Principal } from "../../packages/core/src/policy/semantics/request.ts";
import type { Caller } from "../../packages/core/src/policy/semantics/search/callers.ts";
import type { Cell } from "../../packages/core/src/policy/semantics/search/cell.ts";
import {
  callersOf,
  deniesOf,
  type Model,
  modelOf,
  prepared,
} from "../../packages/core/src/policy/semantics/search/model.ts";
import type { Policy } from "../../packages/core/src/policy/syntax/document.ts";
import { parse } from "../../packages/core/src/policy/syntax/parse.ts";

/** Statements, and what a search makes of them, for tests of its parts. */

const everything: RequestClass = {
  manner: "",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "everyone",
  where: [],
  assuming: [],
};
const anonymous: Caller = { example: { kind: "anonymous" }, unnamed: false };

export interface ModelSetup {
  readonly denies?: readonly object[];
  /** A statement that has to match the requests. */
  readonly within?: object;
  readonly requests?: Partial<RequestClass>;
}

function policyOf(statements: readonly object[]): Policy {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

/** All requests to the bucket `b` before some Deny statements, unless the class is made smaller. */
export function modelFor({ denies = [], within, requests }: ModelSetup): Model {
  const inside = within && policyOf([within]).statements[0];
  return modelOf(
    { bucket: "b", partition: "aws" },
    { ...everything, ...requests } as RequestClass, // a part of one shape, and the rest of it
    deniesOf(denies.length === 0 ? undefined : policyOf(denies)),
    inside && prepared(inside, "2012-10-17"),
  );
}

export interface CellSetup extends ModelSetup, Partial<Omit<Cell, "model" | "caller">> {
  readonly caller?: Principal["kind"];
}

/** A cell of an anonymous caller unless another one is asked for. */
export function cellFor({ denies, within, requests, caller, ...rest }: CellSetup): Cell {
  const model = modelFor({
    ...(denies && { denies }),
    ...(within && { within }),
    ...(requests && { requests }),
  });
  const found = [...callersOf(model)].find(({ example }) => example.kind === caller);
  return {
    model,
    caller: found ?? anonymous,
    target: "object",
    action: "s3:GetObject",
    mode: "sure",
    tests: new Map(),
    resources: new Map(),
    shared: new Map(),
    budget: { left: 100_000 },
    ...rest,
  };
}
