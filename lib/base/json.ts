/** JSON from outside as a result: the parser can only throw, and its own words quote the text. */
import { no, ok, type Result } from "./result";

export function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return no("unreadable", "This is not JSON.");
  }
}
