"use server";
/** What can be done with people picked for a region: pick one, look at a list, save it, take people out. */
import { z } from "zod";
import { tenantAction } from "@/app/action";
import { decoded } from "@/lib/model/people-list-csv";

export const pickPerson = tenantAction(z.object({ address: z.string(), region: z.string() }), async ({ uc, scope, input }) =>
  uc.regionPeople.pick(scope, input.address, input.region),
);

const list = z.object({
  listRegion: z.string().default(""),
  list: z.string().default(""),
  mode: z.enum(["add", "replace"]).default("add"),
  _do: z.enum(["check", "save"]).default("check"),
  /** Good lines of the list that was looked at. */
  _checked: z.string().default(""),
});

/** A file counts for more than what was pasted beside it. */
async function textIn(form: FormData, pasted: string): Promise<string> {
  const file = form.get("file");
  return file instanceof File && file.size > 0 ? decoded(new Uint8Array(await file.arrayBuffer())) : pasted;
}

export const listPeople = tenantAction(list, async ({ uc, scope, input, form }) => {
  const region = input.listRegion;
  if (input._do === "save") return uc.regionPeople.save(scope, { text: input._checked, region }, input.mode);
  return uc.regionPeople.check(scope, { text: await textIn(form, input.list), region });
});

export const unpickPeople = tenantAction(
  z.object({ _region: z.string(), _all: z.literal("yes").optional() }),
  async ({ uc, scope, input, form }) => {
    const ticked = form.getAll(`out-${input._region}`).filter((one) => typeof one === "string");
    return uc.regionPeople.unpick(scope, input._region, input._all === "yes" ? null : ticked);
  },
);
