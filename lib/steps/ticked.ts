/** Ticked boxes as a form sends them: none, an empty text, one as text, several as a list. */
import { z } from "zod";

const boxes = (v: unknown): unknown => (v === undefined ? [] : (Array.isArray(v) ? v : [v]).filter((one) => one !== ""));

export const ticked = z.preprocess(boxes, z.array(z.string().max(300)).max(1000));
