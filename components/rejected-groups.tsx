/** Mail that would be refused, one section a reason: what it is, what to do, and who sends it. */
import { figure } from "@/lib/model/figure";
import type { TraceGroupView, TraceReasonView } from "@/lib/usecases/views/trace";
import { At } from "./at";
import { DataTable } from "./data-table";
import { Tag } from "./tag";

const counted = (n: number, one: string, many = `${one}s`) => `${figure(n)} ${n === 1 ? one : many}`;

function Sender({ group }: { readonly group: TraceGroupView }) {
  return (
    <span>
      <span className="value block wrap-anywhere">{group.senderDomain}</span>
      <span className="block wrap-anywhere font-normal text-subtle">{group.senders}</span>
    </span>
  );
}

function Where({ group }: { readonly group: TraceGroupView }) {
  return (
    <span>
      <span className="value block wrap-anywhere">{group.range}</span>
      <span className="block wrap-anywhere text-subtle">{group.addresses}</span>
      {group.because ? <span className="block text-subtle">Named by {group.because}</span> : null}
    </span>
  );
}

const cellsOf = (group: TraceGroupView) => [
  <Sender key="sender" group={group} />,
  <Where key="where" group={group} />,
  <span key="to" className="wrap-anywhere">
    {group.recipients}
  </span>,
  <span key="count" className="tabular-nums">
    {figure(group.count)}
    {group.delivered < group.count ? <span className="block text-subtle">{figure(group.delivered)} delivered</span> : null}
  </span>,
  <At key="last" at={group.last} />,
];

function Reason({ reason, download }: { readonly reason: TraceReasonView; readonly download: string }) {
  const id = `reason-${reason.reason}`;
  return (
    <section aria-labelledby={id} className="space-y-3">
      <div className="prose space-y-1">
        <h3 id={id} className="flex flex-wrap items-center gap-2">
          {reason.title}{" "}
          <Tag tone={reason.isKept ? "success" : reason.isUsual ? "neutral" : "warning"}>{counted(reason.count, "message")}</Tag>
        </h3>
        <p>{reason.what}</p>
        <p>
          <strong>{reason.isKept ? "It keeps arriving. " : "What to do: "}</strong>
          {reason.remedy}
        </p>
      </div>
      <DataTable
        caption={reason.title}
        columns={["Sender", "From the addresses", "To", "Messages", "Last seen"]}
        rows={reason.rows.map((group) => ({ key: group.key, cells: cellsOf(group) }))}
        empty="None."
      />
      {reason.more.groups > 0 ? (
        <p className="text-subtle">
          And {counted(reason.more.groups, "group")} more with {counted(reason.more.count, "message")}:{" "}
          <a href={download} download>
            download all of them
          </a>
          .
        </p>
      ) : null}
    </section>
  );
}

type Props = { readonly reasons: readonly TraceReasonView[]; readonly download: string; readonly isOver: boolean };

export function RejectedGroups({ reasons, download, isOver }: Props) {
  if (reasons.length === 0)
    return (
      <p className="card px-5 py-8 text-center text-subtle">
        {isOver ? "Nothing was found that would be refused in this time." : "Nothing was found so far."}
      </p>
    );
  return (
    <div className="space-y-10">
      {reasons.map((reason) => (
        <Reason key={reason.reason} reason={reason} download={download} />
      ))}
    </div>
  );
}
