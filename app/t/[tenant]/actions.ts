"use server";
/** What can be done on a tenant's pages. Each only names its fields and its use case. */
import { z } from "zod";
import { isOwn, tenantAction } from "@/app/action";

const step = z.object({ _step: z.string() });
const run = z.object({ _run: z.string() });
const way = z.enum(["us", "script", "hand"]);

/** What a step's own fields hold: a repeated name is a list. */
function settingsIn(form: FormData): Record<string, string | string[]> {
  const names = new Set([...form.keys()].filter((name) => !isOwn(name)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = form.getAll(name).filter((value) => typeof value === "string");
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

export const saveSettings = tenantAction(step, async ({ uc, scope, input, form }) => uc.saveSettings(scope, input._step, settingsIn(form)));

export const makePlan = tenantAction(step.extend({ _way: way, _undo: z.literal("yes").optional() }), async ({ uc, scope, input }) => {
  const made = await uc.makePlan(scope, input._step, input._way, input._undo === "yes");
  return made.ok ? { ok: true, href: made.value.href } : made;
});

export const takeEverythingBack = tenantAction(z.object({}), async ({ uc, scope }) => {
  const made = await uc.makeUndoPlan(scope);
  return made.ok ? { ok: true, href: made.value.href } : made;
});

const agreement = z.object({ _plan: z.string(), _all: z.literal("yes").optional(), typed: z.string().optional() });

export const agree = tenantAction(agreement, async ({ uc, scope, input, form }) => {
  const chosen = input._all === "yes" ? "all" : form.getAll("chosen").filter((key) => typeof key === "string");
  return uc.agree(scope, input._plan, { chosen, ...(input.typed === undefined ? {} : { typed: input.typed }) });
});

export const upload = tenantAction(step.extend({ _plan: z.string().optional() }), async ({ uc, scope, input, form }) => {
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0)
    return {
      ok: false,
      problem: { code: "rejected", say: "No file was chosen.", fix: "Choose the JSON file that the script has written." },
      fields: { file: "Choose a file" },
    };
  return uc.upload(scope, {
    step: input._step,
    text: await file.text(),
    name: file.name,
    ...(input._plan === undefined ? {} : { planId: input._plan }),
  });
});

export const iDidIt = tenantAction(run, async ({ uc, scope, input }) => uc.iDidIt(scope, input._run));
export const resume = tenantAction(run, async ({ uc, scope, input }) => uc.resume(scope, input._run));
export const cancel = tenantAction(run, async ({ uc, scope, input }) => uc.cancel(scope, input._run));

export const skip = tenantAction(step.extend({ reason: z.string() }), async ({ uc, scope, input }) =>
  uc.skip(scope, input._step, input.reason),
);
export const unskip = tenantAction(step, async ({ uc, scope, input }) => uc.unskip(scope, input._step));

export const tellMe = tenantAction(step.extend({ address: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.tellMe(scope, visitor, input._step, input.address),
);
export const tellNobody = tenantAction(step, async ({ uc, scope, input }) => uc.tellNobody(scope, input._step));

export const sendJournalTest = tenantAction(z.object({ to: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.journalTest.send(scope, visitor, input.to),
);
export const noteCount = tenantAction(z.object({ count: z.string() }), async ({ uc, scope, input }) =>
  uc.journalTest.count(scope, input.count),
);

export const withoutAccess = tenantAction(z.object({}), async ({ uc, scope }) => {
  await uc.consent.without(scope);
  return { ok: true, say: "Saved. Every step now offers its script and the way by hand." };
});

export const invite = tenantAction(z.object({ upn: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.invite(scope, visitor, input.upn),
);
export const uninvite = tenantAction(z.object({ _upn: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.uninvite(scope, visitor, input._upn),
);
