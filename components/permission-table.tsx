/** Permissions of a token: whether each is there, why not, and which steps use it. */
import type { CloudflareView } from "@/lib/usecases/views";
import { DataTable } from "./data-table";
import { Go } from "./go";
import { Mark, type MarkKind } from "./mark";
import { Tag, type Tone } from "./tag";

type Row = CloudflareView["permissions"][number];

const STATES: Readonly<Record<Row["state"], { readonly word: string; readonly tone: Tone; readonly mark: MarkKind }>> = {
  present: { word: "Present", tone: "success", mark: "right" },
  missing: { word: "Missing", tone: "danger", mark: "wrong" },
  unknown: { word: "Not known", tone: "neutral", mark: "unknown" },
  needed: { word: "Needed", tone: "info", mark: "look" },
};

function State({ state, say }: Pick<Row, "state" | "say">) {
  const { word, tone, mark } = STATES[state];
  return (
    <span className="block space-y-1">
      <Tag tone={tone}>
        <Mark kind={mark} />
        {word}
      </Tag>
      {say === "" ? null : <span className="block text-subtle">{say}</span>}
    </span>
  );
}

function Steps({ steps }: Pick<Row, "steps">) {
  if (steps.length === 0) return <span className="text-subtle">None of the steps as they are set now</span>;
  return (
    <ul className="space-y-1">
      {steps.map(({ title, href }) => (
        <li key={href}>
          <Go href={href}>{title}</Go>
        </li>
      ))}
    </ul>
  );
}

export function PermissionTable({ permissions }: { readonly permissions: readonly Row[] }) {
  const rows = permissions.map(({ name, state, say, steps }) => ({
    key: name,
    cells: [name, <State key="state" state={state} say={say} />, <Steps key="steps" steps={steps} />],
  }));
  return <DataTable caption="What the token needs" columns={["Permission", "Found", "Steps that use it"]} rows={rows} empty="" />;
}
