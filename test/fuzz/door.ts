import fc from "fast-check";
import { InputError } from "../../packages/core/src/kernel/index.ts";

/** A place where something from outside comes in. */
export interface Door<Input = unknown> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Takes the input in, or throws InputError. Whatever else it throws is a defect. */
  readonly enter: (input: Input) => unknown;
}

/** Keeps the type of the inputs while the door is written down. */
export function door<Input>(it: Door<Input>): Door {
  return it as unknown as Door; // each door is only given what its own generator made
}

export interface Tally {
  accepted: number;
  refused: number;
}

/** The longest message that still helps anybody. */
const longestMessage = 6_000;

/** One case of a door, as a property: true, or it throws what is wrong. */
async function admit(door: Door, input: unknown, tally: Tally): Promise<void> {
  try {
    await door.enter(input);
    tally.accepted += 1;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    requireClear(error);
    tally.refused += 1;
  }
  requireCleanPrototypes();
}

/** Throws unless the error names place, problem and remedy, each on one line that is safe to print. */
function requireClear({ place, problem, remedy, message }: InputError): void {
  for (const [name, text] of Object.entries({ place, problem, remedy })) {
    if (text.trim() === "") throw new Error(`an InputError without a ${name}: ${message}`);
    requirePrintable(text);
  }
  if (message.length > longestMessage) {
    throw new Error(`an InputError of ${message.length} characters: ${message.slice(0, 200)}`);
  }
}

/** Throws when a line holds what a terminal, a log or a transport would take for something else. */
export function requirePrintable(line: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const found = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/u.exec(
    line,
  );
  if (found === null) return;
  const code = found[0].codePointAt(0)?.toString(16);
  throw new Error(`U+${code} is in a line: ${JSON.stringify(line.slice(0, 300))}`);
}

const prototypes = [Object, Array, Function, String, Number, Boolean, Map, Set, Promise, Error].map(
  (it): object => it.prototype,
);
const membersBefore = prototypes.map((it) => Reflect.ownKeys(it).length);

/** Throws when an input changed what every other object inherits. */
function requireCleanPrototypes(): void {
  for (const [index, prototype] of prototypes.entries()) {
    if (Reflect.ownKeys(prototype).length !== membersBefore[index]) {
      throw new Error("an input changed a prototype that all objects share");
    }
  }
}

export interface Run extends Tally {
  readonly cases: number;
}

/** Tries a door with so many inputs that follow from the seed. Throws with the smallest that fails. */
export async function tryDoor(
  door: Door,
  { cases, seed }: { readonly cases: number; readonly seed: number },
): Promise<Run> {
  const tally = { accepted: 0, refused: 0 };
  const law = fc.asyncProperty(door.inputs, (input) => admit(door, input, tally));
  await fc.assert(law, { numRuns: cases, seed });
  return { cases, ...tally };
}
