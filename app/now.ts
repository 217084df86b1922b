/** What time it is, for the pages: the browser counts on from here. */
export { now } from "@/lib/wiring";
