import { type Glob, globOf, literalGlob } from "../match/wildcard.ts";

/**
 * A condition value after its policy variables were replaced. `literal` pieces came out of a variable
 * or an escape such as `${*}`: no wildcard is in them.
 */
export type Operand = readonly Piece[];

export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

/** A value without variables, as it stands in the policy. */
export function plain(text: string): Operand {
  return [{ text, literal: false }];
}

/** The value for an operator that knows no wildcards. */
export function textOf(operand: Operand): string {
  return operand.map((piece) => piece.text).join("");
}

/** The value for an operator that knows `*` and `?`. */
export function globOfOperand(operand: Operand): Glob {
  return operand.flatMap((piece) => (piece.literal ? literalGlob(piece.text) : globOf(piece.text)));
}
