/** Everything that would be refused, as a file for a spreadsheet. */
import { problemJson } from "@/app/answers";
import { inside } from "@/app/api/door";
import { streamFile } from "@/app/stream-file";
import { cutover } from "@/lib/wiring";

export async function GET(_request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, async ({ scope }) => {
    const made = await cutover().rejected.csv(scope);
    return made.ok ? streamFile(made.value.fileName, "text/csv; charset=utf-8", made.value.texts) : problemJson(made.problem);
  });
}
