import type * as z from "zod";
import type { ControlId, Controls } from "./baseline.ts";
import type { Limits } from "./limits.ts";
import type { notificationsSchema } from "./notifications.ts";
import type { Match } from "./scope.ts";
import type { Waiver } from "./waiver.ts";

/** Settings as somebody writes them: what is left out keeps its default. */
type Written = { readonly [Id in ControlId]?: Partial<Controls[Id]> };

/** A baseline as somebody writes it. */
export type BaselineInput = Written & {
  readonly scopes?: readonly {
    readonly name: string;
    readonly match: Match;
    readonly settings: Written;
  }[];
  readonly waivers?: readonly Waiver[];
  readonly limits?: Partial<Limits>;
  readonly notifications?: z.input<typeof notificationsSchema>;
};

/** For `warden.config.ts`: gives back what it gets, so that the editor checks it while it is written. */
export function defineBaseline(baseline: BaselineInput): BaselineInput {
  return baseline;
}
