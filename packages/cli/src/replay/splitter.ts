import { InputError } from "@bucket-warden/core/kernel";

/** Cuts a log file into its records, as its bytes come. */
export interface Splitter {
  /** The records that end in this piece of the file, each as the bytes that `JSON.parse` is to read. */
  readonly push: (piece: Buffer) => readonly Buffer[];
  /** To be called where the file ends. */
  readonly end: () => void;
}

/** More than any record of CloudTrail has: it leaves out parameters of more than 100 KB. */
const mostBytesOfARecord = 16 * 1024 * 1024;

/**
 * Takes `{"Records": […]}` apart without ever holding it whole, also several of these one after the
 * other. Only the frame around the records is looked at: whether a record is JSON shows when it is
 * parsed. A digest file, for validation, is one without records. Both functions throw InputError, with
 * `place`, for what is no log file.
 */
export function createSplitter(place: string): Splitter {
  const state = stateAt(place);
  return {
    push(piece) {
      state.piece = piece;
      state.start = 0;
      state.found = [];
      for (let at = 0; at < piece.length; ) at = further(state, at);
      keepRest(state);
      return state.found;
    },
    end() {
      if (state.depth > 0 || state.documents === 0) throw notALogFile(place, notJson);
      if (state.understood < state.documents) throw notALogFile(place, noRecords);
    },
  };
}

interface State {
  readonly place: string;
  /** How many brackets and braces are open. */
  depth: number;
  isInRecords: boolean;
  /** In `Records`, after a comma: an element has to come. */
  isElementDue: boolean;
  isInString: boolean;
  /** In a string, after a backslash. */
  isEscaped: boolean;
  /** Whether what is between the last mark and here will be asked for. */
  isKept: boolean;
  piece: Buffer;
  /** The mark, in the piece that is there now. */
  start: number;
  /** What pieces before had after the mark. */
  earlier: Buffer[];
  documents: number;
  /** Those that have records, or are a digest. */
  understood: number;
  found: Buffer[];
}

function stateAt(place: string): State {
  return {
    place,
    depth: 0,
    isInRecords: false,
    isElementDue: false,
    isInString: false,
    isEscaped: false,
    isKept: false,
    piece: Buffer.alloc(0),
    start: 0,
    earlier: [],
    documents: 0,
    understood: 0,
    found: [],
  };
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c] as const;
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
const isOfTheFrame = new Uint8Array(256);
for (const byte of [quote, comma, openBrace, closeBrace, openBracket, closeBracket]) {
  isOfTheFrame[byte] = 1;
}

/** By how much a byte leads deeper. */
const deeper = new Int8Array(256);
for (const byte of [openBrace, openBracket]) deeper[byte] = 1;
for (const byte of [closeBrace, closeBracket]) deeper[byte] = -1;

/** Reads one byte, or many that mean nothing alone; the place of the next. */
function further(state: State, at: number): number {
  if (state.isInString) return afterString(state, at);
  if (state.depth > 2) return afterDeeper(state, at);
  const byte = state.piece[at] ?? 0;
  if (isOfTheFrame[byte] === 1 || state.depth === 0) take(state, byte, at);
  return at + 1;
}

/** The place after the quote that ends the string, or the end of the piece. */
function afterString(state: State, from: number): number {
  const { piece } = state;
  let at = state.isEscaped ? from + 1 : from;
  while (at < piece.length && piece[at] !== quote) at += piece[at] === backslash ? 2 : 1;
  state.isEscaped = at > piece.length;
  state.isInString = at >= piece.length;
  return state.isInString ? piece.length : at + 1;
}

/** Most bytes are within a record: the place behind that where it may end, or the end of the piece. */
function afterDeeper(state: State, from: number): number {
  const { piece } = state;
  for (let at = from; at < piece.length; ) {
    const byte = piece[at] ?? 0;
    at += 1;
    if (byte === quote) at = afterString(state, at);
    else if (deeper[byte] !== 0) {
      state.depth += deeper[byte] ?? 0;
      if (state.depth === 2) return at;
    }
  }
  return piece.length;
}

function take(state: State, byte: number, at: number): void {
  if (state.depth === 0) takeOutside(state, byte, at);
  else if (byte === quote) state.isInString = true;
  else if (state.depth === 1) takeInDocument(state, byte, at);
  else if (state.depth === 2 && state.isInRecords) takeInRecords(state, byte, at);
  else takeDeeper(state, byte, at);
}

function takeOutside(state: State, byte: number, at: number): void {
  if (isSpace(byte)) return;
  if (byte !== openBrace) {
    throw notALogFile(state.place, byte === openBracket || byte === lowerN ? noRecords : notJson);
  }
  state.depth = 1;
  state.documents += 1;
  mark(state, at + 1);
}

const lowerN = 0x6e; // of null, which is JSON

/** Between the members of the document, of which `Records` is one. */
function takeInDocument(state: State, byte: number, at: number): void {
  if (byte === closeBracket) throw notALogFile(state.place, notJson);
  const name = nameIn(upTo(state, at));
  if (name === "digestStartTime") state.understood += 1;
  if (byte === closeBrace) state.depth = 0;
  else if (byte !== comma) state.depth = 2;
  state.isInRecords = byte === openBracket && name === "Records";
  state.isElementDue = false;
  if (state.isInRecords || byte === comma) mark(state, at + 1);
  else state.isKept = false;
}

function takeInRecords(state: State, byte: number, at: number): void {
  switch (byte) {
    case comma:
      takeElement(state, at);
      state.isElementDue = true;
      mark(state, at + 1);
      return;
    case closeBracket:
      takeElement(state, at);
      state.isInRecords = false;
      state.understood += 1;
      state.depth = 1;
      mark(state, at + 1);
      return;
    case closeBrace:
      throw notALogFile(state.place, notJson);
    default:
      state.depth += 1;
  }
}

/** An empty list has no element; after a comma even nothing is one, though no JSON. */
function takeElement(state: State, end: number): void {
  const element = upTo(state, end);
  if (state.isElementDue || !element.every(isSpace)) state.found.push(element);
}

function takeDeeper(state: State, byte: number, at: number): void {
  if (byte === comma) return;
  state.depth += byte === openBrace || byte === openBracket ? 1 : -1;
  if (state.depth === 1) mark(state, at + 1);
}

function mark(state: State, at: number): void {
  state.isKept = true;
  state.start = at;
  state.earlier = [];
}

/** Everything from the mark on. */
function upTo({ earlier, piece, start }: State, end: number): Buffer {
  const last = piece.subarray(start, end);
  return earlier.length === 0 ? last : Buffer.concat([...earlier, last]);
}

function keepRest(state: State): void {
  if (!state.isKept) return;
  state.earlier.push(state.piece.subarray(state.start));
  const bytes = state.earlier.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= mostBytesOfARecord) return;
  throw notALogFile(state.place, "a record in it has more than 16 MB");
}

/** The name of a member, from the text before its value; escapes in it are as good as letters. */
function nameIn(head: Buffer): string {
  const text = /^\s*("(?:[^"\\]|\\.)*")\s*:/.exec(head.toString("utf8"))?.[1];
  if (text === undefined) return "";
  try {
    return String(JSON.parse(text));
  } catch {
    return "";
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

const notJson = "it is not JSON";
const noRecords = "it has no list of Records";

function notALogFile(place: string, problem: string): InputError {
  const remedy = "Give files as CloudTrail wrote them, .json or .json.gz, whole.";
  return new InputError({ place, problem, remedy });
}
