/** The queue: every company, where it stands, since when, why, and the next step. What is asked for is in the address. */
import { orNotFound, theVisitor } from "@/app/door";
import { Ago } from "@/components/ago";
import { DataTable } from "@/components/data-table";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { Keys } from "@/components/keys";
import { StatusWord } from "@/components/status-word";
import type { QueueRow, QueueView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";

export const generateMetadata = async () => ({ title: (await theVisitor())?.isStaff ? "Queue" : "Not found" });

type Asked = { readonly search?: string | string[]; readonly sort?: string | string[]; readonly after?: string | string[] };
const SORTS = [
  { id: "oldest", label: "Longest wait first" },
  { id: "newest", label: "Latest activity first" },
  { id: "name", label: "Name" },
] as const;

const one = (name: string, value: string | string[] | undefined) => (typeof value === "string" && value !== "" ? { [name]: value } : {});

function Ask({ view }: { readonly view: QueueView }) {
  return (
    <search>
      <form className="flex flex-wrap items-end gap-3">
        <label className="space-y-1">
          <span className="block font-medium text-strong">Company or domain</span>
          <input id="search" className="input w-72 max-w-full" type="search" name="search" defaultValue={view.search} />
        </label>
        <label className="space-y-1">
          <span className="block font-medium text-strong">Order</span>
          <select className="input w-56" name="sort" defaultValue={view.sort}>
            {SORTS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button min-h-11">
          Show
        </button>
      </form>
    </search>
  );
}

const rowOf = (row: QueueRow) => ({
  key: row.tenant,
  cells: [
    <Go key="name" href={row.href} className="link queue-row">
      {row.name}
    </Go>,
    <StatusWord key="status" status={row.status} />,
    <Ago key="since" at={row.since} />,
    row.why,
    row.next,
  ],
});

export default async function Queue({ searchParams }: { readonly searchParams: Promise<Asked> }) {
  const { search, sort, after } = await searchParams;
  const view = orNotFound(
    await cutover().queue(await theVisitor(), { ...one("search", search), ...one("sort", sort), ...one("after", after) }),
  );
  const more = new URLSearchParams({ ...(view.search ? { search: view.search } : {}), sort: view.sort, after: view.after ?? "" });
  return (
    <div className="space-y-6">
      <div className="prose space-y-2">
        <Heading>Queue</Heading>
        <p>Every company that began a setup. Open one where it stopped; they see what you do, under your name.</p>
      </div>
      <Ask view={view} />
      <DataTable
        caption="Companies"
        columns={["Company", "Status", "Since", "Why", "Next step"]}
        rows={view.rows.map(rowOf)}
        empty={
          view.search
            ? `No company is called “${view.search}”.`
            : "Nobody has begun a setup yet. Companies appear here when their admin signs in."
        }
      />
      <div className="flex flex-wrap items-center gap-3">
        {after === undefined ? null : (
          <Go
            href={`/support?${new URLSearchParams({ ...(view.search ? { search: view.search } : {}), sort: view.sort })}`}
            className="button"
          >
            First page
          </Go>
        )}
        {view.after === null ? null : (
          <Go href={`/support?${more}`} className="button">
            Next page
          </Go>
        )}
        <Keys rows=".queue-row" search="search" />
      </div>
    </div>
  );
}
