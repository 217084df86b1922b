/** What a part of the control API is. */
import type { SandboxRequest, SandboxResponse } from "../http";
import type { World } from "../world";

/** Answers for the rest of its path, without a leading slash; null where it knows nothing of the kind. */
export type Control = (request: SandboxRequest, world: World, rest: string) => SandboxResponse | null;
