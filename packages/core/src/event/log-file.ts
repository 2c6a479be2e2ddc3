import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";

const schema = z.object({ Records: z.array(z.unknown()) });
/** CloudTrail keeps digest files, for validation, in the same bucket as its logs. */
const digest = z.object({ digestStartTime: z.string(), logFiles: z.array(z.unknown()) });

/**
 * The records of one CloudTrail log file, `{"Records": […]}`; none for a digest file. Throws
 * InputError when it is neither.
 */
export function recordsOf(text: string, place: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw notALogFile(place, "it is not JSON", cause);
  }
  if (digest.safeParse(content).success) return [];
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw notALogFile(place, "it has no list of Records", parsed.error);
  return parsed.data.Records;
}

function notALogFile(place: string, problem: string, cause: unknown): InputError {
  const remedy = "Give files as CloudTrail wrote them, .json or .json.gz, whole.";
  return new InputError({ place, problem, remedy, cause });
}
