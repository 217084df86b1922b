/** Who asked to be told about a step: a word of the setup, the newest of which holds. */
import { z } from "zod";
import type { WordRow } from "@/lib/store/words";

export const TELL_KEY = "tell";
const addresses = z.array(z.string()).catch([]);

export const toldOf = (words: readonly WordRow[], step: string): readonly string[] =>
  addresses.parse(words.find((word) => word.step === step && word.key === TELL_KEY)?.value);
