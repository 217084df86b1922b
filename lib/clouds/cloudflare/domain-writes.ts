/** Domains of Email Security: made, edited after a look at how they are now, removed. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { type Change, type Edit, isListEdit, listBefore } from "@/lib/model/change";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import { readRows } from "@/lib/model/nouns";
import { isSame, type List, type Props, propsOf, type Value } from "@/lib/model/props";
import { type Account, ALREADY, type Made } from "./account";
import { came } from "./call";
import { domainOf, pathOf, READ } from "./domains";

const WRITE = { permission: PERMISSIONS.emailEdit.name, isWrite: true };

/** The row's name for a property, and the API's. */
const FIELDS: Readonly<Record<string, string>> = {
  deliveryModes: "allowed_delivery_modes",
  quarantined: "drop_dispositions",
  ipRestrictions: "ip_restrictions",
  forwardingTo: "transport",
  tlsOutbound: "require_tls_outbound",
  tlsInbound: "require_tls_inbound",
  hops: "lookback_hops",
  regions: "regions",
};
/** What a new domain must say and a plan may leave open. */
const AT_FIRST = { allowed_delivery_modes: ["DIRECT"], drop_dispositions: [], ip_restrictions: [], regions: ["GLOBAL"] };

const after = (e: Edit): Value | List => (isListEdit(e) ? e.whole : e.to);
const before = (e: Edit): Value | List => (isListEdit(e) ? listBefore(e) : e.from);

/** What can be emptied: by replacing the domain, since a PATCH takes no null. */
const MAY_BE_NULL = ["forwardingTo", "hops"];

/** The body of a change, in the API's words. */
function bodyOf(c: Change): Result<Record<string, unknown>> {
  const fields: [string, unknown][] = [];
  for (const [property, e] of Object.entries(c.edits)) {
    const field = FIELDS[property];
    if (field === undefined) throw new Error(`${property} of a domain cannot be written.`);
    const value = after(e);
    if (value === null && c.do === "new") continue;
    if (value === null && !MAY_BE_NULL.includes(property))
      return no("rejected", "Cloudflare keeps a value here once there is one; it can be changed, not emptied.", { evidence: { property } });
    fields.push([field, value]);
  }
  return ok(Object.fromEntries(fields));
}

/** One of the API's objects in our spelling, as the plan saw it. */
function rowOf(raw: unknown): Result<Props> {
  const domain = domainOf(raw);
  if (!domain.ok) return domain;
  const rows = readRows("EmailSecurityDomain", [{ ...domain.value, verification: null }]);
  if (!rows.ok) return rows;
  return ok(propsOf(rows.value[0] ?? {}));
}

/** What a replacement must repeat, or it would be set back. */
const KEPT = [...Object.values(FIELDS), "folder", "integration_id"];

function send(account: Account, c: Change, now: unknown, body: Record<string, unknown>): Promise<Response> {
  const path = pathOf(account, c.key);
  if (!Object.values(body).includes(null)) return account.client.patch(path, { body }).asResponse();
  const held = Object.entries(z.looseObject({}).parse(now)).filter(([field]) => KEPT.includes(field));
  return account.client.put(path, { body: { ...Object.fromEntries(held), ...body } }).asResponse();
}

async function create(account: Account, c: Change): Promise<Result<Made>> {
  const body = bodyOf(c);
  if (!body.ok) return body;
  const sent = { ...AT_FIRST, ...body.value };
  const answer = await came(account, WRITE, () => account.client.post(pathOf(account), { body: { domain: c.name, ...sent } }).asResponse());
  if (!answer.ok) return answer;
  const made = domainOf(answer.value.result);
  return ok({ key: made.ok ? made.value.id : "", evidence: answer.value.evidence });
}

/** Lists are replaced as a whole, so what others put there meanwhile would be lost: the domain is read again just before. */
async function edit(account: Account, c: Change): Promise<Result<Made>> {
  const body = bodyOf(c);
  if (!body.ok) return body;
  const { client, accountId } = account;
  const now = await came(account, READ, () => client.emailSecurity.settings.domains.get(c.key, { account_id: accountId }).asResponse());
  if (!now.ok) return now;
  const row = rowOf(now.value.result);
  if (!row.ok) return row;
  const edits = Object.entries(c.edits);
  if (edits.every(([property, e]) => isSame(row.value[property], after(e))))
    return ok({ key: c.key, evidence: { ...now.value.evidence, ...ALREADY } });
  const strange = edits.filter(([property, e]) => !isSame(row.value[property], before(e))).map(([property]) => property);
  if (strange.length > 0)
    return no("moved", `The settings of ${c.name} at Cloudflare are no longer as they were when this plan was made. Nothing was changed.`, {
      fix: "Look again and agree to the new plan.",
      evidence: { properties: strange.join(", ") },
    });
  const answer = await came(account, WRITE, () => send(account, c, now.value.result, body.value));
  return answer.ok ? ok({ key: c.key, evidence: { ...answer.value.evidence, before: JSON.stringify(row.value) } }) : answer;
}

async function remove({ client, accountId, ...account }: Account, c: Change): Promise<Result<Made>> {
  const answer = await came(account, WRITE, () =>
    client.emailSecurity.settings.domains.delete(c.key, { account_id: accountId }).asResponse(),
  );
  if (answer.ok) return ok({ key: c.key, evidence: answer.value.evidence });
  const { problem } = answer;
  return problem.code === "gone" ? ok({ key: c.key, evidence: { ...problem.evidence, ...ALREADY } }) : answer;
}

export const writeDomain = (account: Account, c: Change): Promise<Result<Made>> =>
  c.do === "new" ? create(account, c) : c.do === "set" ? edit(account, c) : remove(account, c);
