/** GET: what time it is in the sandbox (the product's CLOCK_URL). POST: move it. */
import { z } from "zod";
import { json } from "../http";
import type { Control } from "./control";
import { read } from "./read";

const shape = z.union([z.strictObject({ advanceMs: z.number() }), z.strictObject({ reset: z.literal(true) })]);

export const clock: Control = (request, world) => {
  if (request.method === "POST") {
    const asked = read(request, shape);
    if (!asked.ok) return asked.response;
    if ("advanceMs" in asked.value) world.clock.advance(asked.value.advanceMs);
    else world.clock.reset();
    world.save();
  }
  return json(200, { now: world.clock.now() });
};
