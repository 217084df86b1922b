/** An administrator releases a message from quarantine: into the mailbox at Microsoft, to the next hop at the vendor. */
import type { World } from "../world";
import { messageWithId } from "./store";
import { releaseAtVendor } from "./vendor";

/** Null when done, else a sentence saying why not. Later rules are not asked again at Microsoft (New-TransportRule). */
export function releaseMessage(world: World, id: string): string | null {
  const found = messageWithId(world, id);
  if (found?.message.place.kind !== "quarantine") return "No such message is in quarantine.";
  const { message } = found;
  if (found.message.place.by === "vendor") return releaseAtVendor(world, message);
  message.place = { kind: "folder", folder: "Inbox" };
  message.events.push({
    at: world.clock.now(),
    event: "Release",
    action: "",
    detail: "Released from quarantine by an administrator.",
    data: "",
  });
  world.save();
  return null;
}
