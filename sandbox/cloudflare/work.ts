/** What the vendor does without being called: its own auto-retract and bulk jobs, looked at again and again, because the sandbox's clock can be moved. */
import type { World } from "../world";
import { retractDue } from "./auto-retract";
import { advanceJobs } from "./bulk-work";

const lookEveryMs = 500;

/** Until nothing is due. */
export async function vendorWorks(world: World): Promise<void> {
  for (const tenant of world.tenants.values()) {
    await retractDue(world, tenant);
    await advanceJobs(world, tenant);
  }
}

export function startVendor(world: World): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  const look = () => {
    running ??= vendorWorks(world).finally(() => {
      running = null;
    });
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
