/** What the vendor found in a message. Addresses of links are text here, and stay text. */
import type { ReactNode } from "react";
import { DataTable } from "@/components/data-table";
import { dispositionOf } from "@/components/mail/words";
import { numbered } from "@/components/numbered";
import { Strange } from "@/components/strange";
import type { Result } from "@/lib/base/result";
import { figure } from "@/lib/model/figure";
import type { Detections } from "@/lib/model/found-message";
import { PartProblem } from "./part";

const MOST = 100;
const KB = 1_000;
const sizeOf = (bytes: number): string => (bytes < KB * KB ? `${figure(Math.ceil(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`);
/** "QUARANTINED" -> "Quarantined" */
const sentence = (code: string): string => (/^[A-Z_]+$/.test(code) ? code[0] + code.slice(1).toLowerCase().replaceAll("_", " ") : code);
const verdictWord = (verdict: string): string => dispositionOf(verdict)?.word ?? "–";

function Listed({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className="list-disc pl-5">
        {numbered(items.slice(0, MOST)).map(({ item, key }) => (
          <li key={key}>
            <Strange text={item} most={500} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Under({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  if (count === 0) return null;
  return (
    <div className="space-y-2">
      <h3>{title}</h3>
      {children}
      {count > MOST ? (
        <p className="text-subtle">
          The first {MOST} of {figure(count)}.
        </p>
      ) : null}
    </div>
  );
}

function Sender({ found: { validation, sender } }: { readonly found: Detections }) {
  const facts = [
    ["SPF", validation.spf],
    ["DKIM", validation.dkim],
    ["DMARC", validation.dmarc],
    ["Sending server", sender.ip],
    ["Network", sender.network],
    ["Country", sender.country],
  ] as const;
  const known = facts.filter(([, value]) => value !== "");
  if (known.length === 0) return null;
  return (
    <dl className="card grid grid-cols-2 gap-x-4 gap-y-3 px-5 py-4 sm:grid-cols-3">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-subtle">{name}</dt>
          <dd>
            <Strange text={value} most={200} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Links({ links }: Pick<Detections, "links">) {
  return (
    <Under title="Links" count={links.length}>
      <DataTable
        caption="Links in the message"
        columns={["Shown as", "Leads to"]}
        empty=""
        rows={numbered(links.slice(0, MOST)).map(({ item: { href, text }, key }) => ({
          key,
          cells: [
            <Strange key="text" text={text} most={200} empty="(no text)" />,
            <code key="href" className="value">
              <Strange text={href} most={1_000} />
            </code>,
          ],
        }))}
      />
    </Under>
  );
}

function Attachments({ attachments }: Pick<Detections, "attachments">) {
  return (
    <Under title="Attachments" count={attachments.length}>
      <DataTable
        caption="Attachments of the message"
        columns={["Name", "Type", "Size", "Verdict", "SHA-256"]}
        empty=""
        rows={numbered(attachments.slice(0, MOST)).map(({ item: { name, type, bytes, verdict, sha256 }, key }) => ({
          key,
          cells: [
            <Strange key="name" text={name} most={200} empty="(no name)" />,
            <Strange key="type" text={type} most={100} empty="–" />,
            bytes > 0 ? sizeOf(bytes) : "–",
            verdictWord(verdict),
            <code key="sha" className="value">
              <Strange text={sha256} most={64} empty="–" />
            </code>,
          ],
        }))}
      />
    </Under>
  );
}

function Findings({ findings }: Pick<Detections, "findings">) {
  return (
    <Under title="Findings" count={findings.length}>
      <DataTable
        caption="Findings in the message"
        columns={["What", "Detail", "Verdict"]}
        empty=""
        rows={numbered(findings.slice(0, MOST)).map(({ item: { name, detail, verdict }, key }) => ({
          key,
          cells: [
            <Strange key="name" text={name} most={200} />,
            <Strange key="detail" text={detail} most={500} empty="–" />,
            verdictWord(verdict),
          ],
        }))}
      />
    </Under>
  );
}

type Props = { readonly asked: Promise<Result<Detections>>; readonly reasons: readonly string[] };

export async function Found({ asked, reasons }: Props) {
  const found = await asked;
  if (!found.ok)
    return (
      <div className="space-y-4">
        <Listed title="Why" items={reasons} />
        <PartProblem problem={found.problem} nothing="Nothing was found in it." />
      </div>
    );
  const { threats, action } = found.value;
  return (
    <div className="space-y-5">
      <Listed title="Why" items={reasons} />
      <Listed title="Kinds of threat" items={threats} />
      {action === "" ? null : (
        <p>
          What the vendor did: <Strange text={sentence(action)} most={200} />
        </p>
      )}
      <Sender found={found.value} />
      <Findings findings={found.value.findings} />
      <Links links={found.value.links} />
      <Attachments attachments={found.value.attachments} />
    </div>
  );
}
