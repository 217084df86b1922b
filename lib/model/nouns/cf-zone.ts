/** A DNS zone in the customer's Cloudflare account: read to know whether its records can be changed through the API. */
import { z } from "zod";
import { noun } from "../noun";
import { list } from "../spelling";

export const cfZoneNoun = noun({
  title: "Cloudflare zone",
  asked: { cloud: "cloudflare", question: "zones" },
  permission: "",
  place: "Cloudflare dashboard > Websites",
  link: "https://dash.cloudflare.com/?to=/:account/domains",
  labels: {},
  shownMs: 0,
  worksMs: 0,
  shape: z
    .object({ id: z.string(), name: z.string(), status: z.string(), type: z.string(), name_servers: list })
    .transform(({ id, name, name_servers, ...row }) => ({
      Guid: id,
      Name: name.toLowerCase(),
      ...row,
      nameServers: name_servers.map((server) => server.toLowerCase()),
    })),
});
