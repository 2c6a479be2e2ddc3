import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { withBaselineFile } from "./baseline-file.ts";
import { type Wiring, wire } from "./wiring.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Handle<E, R> = (event: E, context: Context) => Promise<R>;

/** What surrounds every handler: log context first, so that whatever follows is logged with it. */
export function createEdge<E, R>(work: (wiring: Wiring) => Handle<E, R>) {
  return (variables: Variables): Handle<E, R> => {
    const wiring = wire(variables);
    const handle = middy(work(wiring)).use(injectLambdaContext(wiring.logger));
    if (wiring.metrics !== undefined) handle.use(logMetrics(wiring.metrics));
    return (event, context) => handle(event, context);
  };
}

/** A Lambda handler that reads its environment at the first event and keeps its wiring. */
export function fromProcess<E, R>(create: (variables: Variables) => Handle<E, R>): Handle<E, R> {
  let handle: Handle<E, R> | undefined;
  return (event, context) => {
    handle ??= create(withBaselineFile(process.env));
    return handle(event, context);
  };
}
