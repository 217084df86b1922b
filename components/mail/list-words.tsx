"use client";
/** What stands above and below the list: how many, as of when, which columns, the file; and whether there is more. */
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { Problem } from "@/lib/base/result";
import { figure } from "@/lib/model/figure";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import { At } from "../at";
import { Keys } from "../keys";
import { ProblemBox } from "../problem-box";
import { COLUMN_TITLES, COLUMNS, type Column, isFixed, withColumn } from "./columns";

type HeadProps = {
  readonly tenant: string;
  readonly at: number;
  readonly count: number;
  readonly isWhole: boolean;
  readonly csv: string;
  readonly columns: readonly Column[];
  readonly onColumns: (columns: readonly Column[]) => void;
};

const many = (count: number) => (count === 1 ? "1 message" : `${figure(count)} messages`);

function ColumnMenu({ tenant, columns, onColumns }: Pick<HeadProps, "tenant" | "columns" | "onColumns">) {
  function choose(column: Column, isOn: boolean) {
    const chosen = withColumn(columns, column, isOn);
    onColumns(chosen);
    // Remembered for the next time; where that fails, they are as before then.
    void fetch(`/api/t/${tenant}/mail/columns?show=${chosen.join(".")}`, { method: "PUT" }).catch(() => null);
  }
  return (
    <details className="relative max-sm:hidden">
      <summary className="text-subtle">Columns</summary>
      <fieldset className="absolute right-0 z-10 w-56 rounded-box border border-hairline bg-elevated p-3 shadow-lg">
        <legend className="sr-only">Columns of the list</legend>
        {COLUMNS.filter((column) => !isFixed(column)).map((column) => (
          <label key={column} className="flex min-h-9 items-center gap-3">
            <input type="checkbox" checked={columns.includes(column)} onChange={(event) => choose(column, event.target.checked)} />
            {COLUMN_TITLES[column]}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Again() {
  const router = useRouter();
  const [isPending, start] = useTransition();
  return (
    <button type="button" className="link" aria-busy={isPending} onClick={() => start(() => router.refresh())}>
      {isPending ? "Searching…" : "Search again"}
    </button>
  );
}

export function ListHead({ at, count, isWhole, csv, ...rest }: HeadProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
      <p className="text-subtle">
        <span className="font-medium text-strong">
          {many(count)}
          {isWhole ? "" : " so far"}
        </span>
        , newest first, as of <At at={at} />. Later mail is not shown. <Again />
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-x-5">
        <a href={csv} download className="link">
          {isWhole && count <= MOST_AT_ONCE ? "Download as CSV" : `The first ${figure(MOST_AT_ONCE)} as CSV`}
        </a>
        <ColumnMenu {...rest} />
        <div className="max-sm:hidden">
          <Keys rows="[role=grid] [role=row][data-index]" search="q" />
        </div>
      </div>
    </div>
  );
}

type FootProps = {
  readonly count: number;
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  readonly problem: Problem | null;
  readonly onMore: () => void;
};

export function ListFoot({ count, isWhole, isLoading, problem, onMore }: FootProps) {
  if (problem)
    return (
      <div className="space-y-3">
        <ProblemBox problem={problem} title="The rest could not be read" />
        <button type="button" className="button" onClick={onMore}>
          Go on reading
        </button>
      </div>
    );
  if (isWhole) return <p className="text-center text-sm text-subtle">That is all: {many(count)}.</p>;
  return <p className="text-center text-sm text-subtle">{isLoading ? "Reading more…" : "More is read as you scroll."}</p>;
}
