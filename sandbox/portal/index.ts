/** The portal's addresses: the list, a tenant's page, and a form's POST to one section of it. */
import { formOf, type Handler, redirect } from "../http";
import { findTenant } from "../world";
import { listPage } from "./list";
import { markup } from "./markup";
import { page } from "./page";
import { sections, tenantPage } from "./tenant";

export const portal: Handler = async (request, world) => {
  const [, root, name, sectionId] = request.url.pathname.split("/");
  if (root !== "portal") return null;
  if (!name) return listPage(world);
  const tenant = findTenant(world, name);
  if (!tenant) return page("No such organisation", markup`<p><a href="/portal">All organisations</a></p>`, 404);
  if (request.method !== "POST") {
    const section = sections.find((one) => one.id === request.url.searchParams.get("saved"));
    return tenantPage(world, tenant, section ? { text: `Saved: ${section.title}.`, isBad: false } : null);
  }
  const section = sections.find((one) => one.id === sectionId);
  if (!section?.act) return page("Nothing to do here", markup`<p><a href="/portal/${tenant.id}">Back</a></p>`, 404);
  const problem = section.act(tenant, world, formOf(request));
  world.save();
  return problem === null
    ? redirect(`/portal/${tenant.id}?saved=${section.id}`)
    : tenantPage(world, tenant, { text: problem, isBad: true });
};
