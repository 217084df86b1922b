"use client";
/** What became of each line of a list, before anything is saved: how many are good, what is wrong with the others, and the button that saves. */
import { figure } from "@/lib/model/figure";
import type { ListResult as Result } from "@/lib/model/people-list";
import { useAnswer } from "./action-form";
import { DataTable } from "./data-table";
import { numbered } from "./numbered";

const many = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${figure(count)} ${more}`);

function Bad({ list }: { readonly list: Result }) {
  if (list.badCount === 0) return null;
  const left = list.badCount - list.bad.length;
  return (
    <div className="space-y-3">
      <h3>What can’t be taken</h3>
      <ul className="list-disc pl-5">
        {numbered(list.troubles).map(({ item: { say, count }, key }) => (
          <li key={key}>
            {many(count, "line", "lines")}: {say}
          </li>
        ))}
      </ul>
      <DataTable
        caption="Lines that can’t be taken"
        columns={["Line", "As it stands", "What is wrong"]}
        rows={numbered(list.bad).map(({ item: { line, raw, say }, key }) => ({
          key,
          cells: [
            <span key="line">
              <span className="sm:hidden">Line </span>
              {line}
            </span>,
            <span key="raw" className="value">
              {raw}
            </span>,
            say,
          ],
        }))}
        empty=""
      />
      <p>
        {left > 0 ? `${many(left, "more line", "more lines")}. ` : ""}
        <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(list.badFile)}`} download="lines-not-taken.csv">
          Download these lines
        </a>{" "}
        (CSV), correct them, and look at them again.
      </p>
    </div>
  );
}

function Save({ list }: { readonly list: Result }) {
  if (list.good === 0) return null;
  return (
    <div className="space-y-4">
      <textarea name="_checked" defaultValue={list.goodLines} readOnly hidden />
      <fieldset className="space-y-2">
        <legend className="font-medium text-strong">With those who are picked already</legend>
        <label className="flex min-h-11 items-start gap-3 py-2">
          <input type="radio" name="mode" value="add" defaultChecked className="mt-0.5" />
          Keep them, and add these
        </label>
        <label className="flex min-h-11 items-start gap-3 py-2">
          <input type="radio" name="mode" value="replace" className="mt-0.5" />
          Put these in their place, in each region of this list
        </label>
      </fieldset>
      <button type="submit" name="_do" value="save" className="button button-primary">
        Save {list.badCount > 0 ? "the good lines: " : ""}
        {many(list.good, "person", "people")}
      </button>
    </div>
  );
}

export function ListResult() {
  const answer = useAnswer();
  const list = answer?.ok ? answer.list : undefined;
  if (!list) return null;
  return (
    <div className="space-y-6" key={list.goodLines}>
      <Bad list={list} />
      <Save list={list} />
    </div>
  );
}
