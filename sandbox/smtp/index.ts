/** The sandbox's mail servers, each at its own 127.0.1.x, all on one port. */
import type { Authority } from "../ca/index";
import type { World } from "../world";
import { type Door, openDoor } from "./door";
import { mailServers } from "./hosts";

export type Smtp = {
  port: number;
  /** After the table of ailing hosts was changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};

/** With port 0 the first address picks the port; where another has it taken already, all begin again. */
const mostTries = 20;

export async function startSmtp(world: World, authority: Authority, { port }: { port: number }): Promise<Smtp> {
  const doors = await openAll(world, authority, port);
  const refresh = async () => {
    await Promise.all(doors.map((door) => door.refresh()));
  };
  await refresh();
  return {
    port: doors[0]?.port ?? port,
    refresh,
    close: async () => {
      await Promise.all(doors.map((door) => door.close()));
    },
  };
}

async function openAll(world: World, authority: Authority, wanted: number): Promise<Door[]> {
  for (let tries = 1; ; tries += 1) {
    const doors: Door[] = [];
    try {
      for (const server of mailServers) doors.push(await openDoor(world, authority, server, wanted || (doors[0]?.port ?? 0)));
      return doors;
    } catch (problem) {
      await Promise.all(doors.map((door) => door.close()));
      if (wanted !== 0 || tries === mostTries) throw problem;
    }
  }
}
