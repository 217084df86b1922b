/** Who asked to be told about a step: a word of the setup, the newest of which holds. */
import { z } from "zod";
import type { WordRow } from "@/lib/store/words";

export const TELL_KEY = "tell";
/** Whom to tell when something that goes on by itself has stopped. */
export const STOP_KEY = "tell-stopped";
const addresses = z.array(z.string()).catch([]);

export const toldOf = (words: readonly WordRow[], step: string, key = TELL_KEY): readonly string[] =>
  addresses.parse(words.find((word) => word.step === step && word.key === key)?.value);
