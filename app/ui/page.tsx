/** The gallery: each component in each state, for development (proxy.ts closes it elsewhere). */
import { ActionForm } from "@/components/action-form";
import { ActivityList } from "@/components/activity-list";
import { Ago } from "@/components/ago";
import { AgreeLabel } from "@/components/agree-label";
import { At } from "@/components/at";
import { ByHand } from "@/components/by-hand";
import { Checks } from "@/components/checks";
import { Command } from "@/components/command";
import { Countdown } from "@/components/countdown";
import { DataTable } from "@/components/data-table";
import { Differences } from "@/components/difference";
import { ErrorSummary } from "@/components/error-summary";
import { EvidenceTables } from "@/components/evidence-table";
import { Field } from "@/components/field";
import { FileField } from "@/components/file-field";
import { MailPath } from "@/components/mail-path";
import { MailWay } from "@/components/mail-way";
import { Note } from "@/components/note";
import { PageFrame } from "@/components/page-frame";
import { PeopleTable } from "@/components/people-table";
import { ProblemBox } from "@/components/problem-box";
import { RunLog } from "@/components/run-log";
import { LookSkeleton } from "@/components/skeletons";
import { StatusWord } from "@/components/status-word";
import { StepHead } from "@/components/step-head";
import { StepRail } from "@/components/step-rail";
import { Tabs } from "@/components/tabs";
import { TaskList } from "@/components/task-list";
import { TextArea } from "@/components/text-area";
import { setTheme } from "../theme";
import { chosenTheme } from "../theme-cookie";
import { accept, endSession, refuse } from "./actions";
import { changes, checks, events, evidence, head, lines, NOW, paths, people, statuses, track, visitor } from "./fixtures";
import { MailStories } from "./mail-stories";
import { Story } from "./story";

export const metadata = { title: "Gallery" };

const REGIONS = {
  name: "regions",
  label: "Regions",
  hint: "Where your mail is processed.",
  type: "choices",
  options: [
    { value: "us", label: "United States" },
    { value: "eu", label: "European Union", hint: "Its own fallback is the United States." },
    { value: "in", label: "India", isOff: "Not together with another region." },
  ],
} as const;
const PROFILE = {
  name: "profile",
  label: "Names to use",
  type: "choice",
  options: [
    { value: "area1", label: "Area 1" },
    { value: "cloudflare", label: "Cloudflare Email Security", hint: "What it is called today." },
  ],
} as const;
const DOMAIN = { name: "domain", label: "Domain", hint: "As it stands after the @.", type: "text", placeholder: "contoso.com" } as const;

function Fields() {
  return (
    <>
      <Field field={DOMAIN} value="fabrikam.example" />
      <Field field={PROFILE} value="cloudflare" />
      <Field field={REGIONS} value={["us"]} />
    </>
  );
}

function Forms() {
  return (
    <>
      <Story title="ActionForm, Field">
        <ActionForm action={refuse} submit="Save" busy="Saving…">
          <Fields />
        </ActionForm>
      </Story>
      <Story title="ActionForm: session ended, accepted">
        <ActionForm action={endSession} submit="Save although the session ended" busy="Saving…" tone="plain">
          <TextArea name="reason" label="Why this step is not needed" hint="One sentence." />
        </ActionForm>
        <ActionForm action={accept} submit="Save and be accepted" busy="Saving…" tone="danger">
          <FileField name="file" label="Upload what the script has written" hint="The JSON file, unchanged." accept=".json" />
        </ActionForm>
      </Story>
      <Story title="ErrorSummary">
        <ErrorSummary
          refused={{
            problem: { code: "rejected", say: "Two answers can’t be used.", fix: "Correct them." },
            fields: { domain: "Enter a domain such as contoso.com" },
          }}
        />
      </Story>
    </>
  );
}

function Results() {
  return (
    <>
      <Story title="Checks">
        <Checks checks={checks} steps={{ spf: { title: "Don’t mark SPF hard fails as spam", href: "#spf" } }} />
      </Story>
      <Story title="EvidenceTables">
        <EvidenceTables tables={[evidence, { ...evidence, title: "What public resolvers still remember" }]} />
      </Story>
      <Story title="Difference">
        <Differences changes={changes} form="story" />
        <form id="story">
          <button type="button" className="button button-primary">
            <AgreeLabel form="story" total={changes.length} isTicked where="Fabrikam" />
          </button>
        </form>
      </Story>
      <Story title="Command">
        <Command title="The script" text={`#Requires -Version 5.1\n${changes.map((c) => c.command).join("\n")}\n`} download="#" />
      </Story>
      <Story title="ByHand">
        <ByHand
          steps={[
            { say: "Open the Defender portal and choose Email & collaboration › Policies & rules." },
            { say: "Choose Edit connection filter policy and add these addresses.", copy: ["104.30.32.0/24", "134.195.26.0/24"] },
          ]}
        />
      </Story>
      <Story title="RunLog">
        <RunLog lines={lines} />
      </Story>
    </>
  );
}

function Words() {
  return (
    <>
      <Story title="StatusWord">
        <ul className="flex flex-wrap gap-4">
          {statuses.map((status) => (
            <li key={status.code}>
              <StatusWord status={status} />
            </li>
          ))}
        </ul>
      </Story>
      <Story title="Ago, At, Countdown">
        <p>
          <Ago at={NOW - 14_000} /> · <At at={NOW} /> · <At at={NOW} day /> · <Countdown until={NOW + 11_520_000} />
        </p>
      </Story>
      <Story title="Note, ProblemBox">
        <Note tone="warning">
          <p>Mail stops if the connector asks for addresses that are not all of them.</p>
        </Note>
        <Note tone="success" title="This step is right">
          <p>Go on.</p>
        </Note>
        <Note tone="neutral" title="Waiting">
          <p>It goes on by itself.</p>
        </Note>
        <ProblemBox problem={{ code: "throttled", say: "Exchange Online asks us to slow down.", retryAt: NOW + 90_000 }} />
        <ProblemBox
          problem={{
            code: "denied",
            say: "Microsoft refused: the application does not hold the Exchange Administrator role.",
            fix: "Assign the role in Entra; a Privileged Role Administrator can.",
            evidence: { "request-id": "5f0c…", type: "ManagementObjectNotFound" },
          }}
        />
      </Story>
      <Story title="MailPath: delivered, refused, on its way">
        {paths.map((path) => (
          <MailPath key={path.word} path={path} />
        ))}
      </Story>
      <Story title="MailWay, Tabs, Skeleton">
        <MailWay
          title="After"
          stations={[
            { name: "The internet", note: "anybody" },
            { name: "Area 1", note: "looks first", isOurs: true },
            { name: "Microsoft 365", note: "takes it from there" },
          ]}
        />
        <Tabs
          label="How it is done"
          tabs={[
            { href: "#us", label: "Do it for me", isCurrent: true },
            { href: "#script", label: "Give me the script", isCurrent: false },
            { href: "#hand", label: "I’ll do it by hand", isCurrent: false, isMissing: true },
          ]}
        />
        <LookSkeleton />
      </Story>
      <Story title="ActivityList, PeopleTable, DataTable">
        <ActivityList events={events} />
        <ActivityList events={[]} />
        <PeopleTable
          people={people}
          act={() => (
            <button type="button" className="button button-small">
              Take back
            </button>
          )}
        />
        <DataTable caption="Companies" columns={["Company"]} rows={[]} empty="Nobody has begun a setup yet." />
      </Story>
    </>
  );
}

export default async function Gallery() {
  return (
    <PageFrame now={NOW} visitor={visitor} head={head} theme={await chosenTheme()} setTheme={setTheme}>
      <div className="grid gap-x-12 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <StepRail track={track} current="s4" />
        <div className="space-y-10">
          <StepHead back={{ href: "/ui", title: "All steps" }} title="Gallery" over="Every component">
            <StatusWord status={{ code: "needs-you", say: "Needs you" }} />
          </StepHead>
          <TaskList track={track} />
          <Words />
          <Results />
          <Forms />
          <MailStories />
        </div>
      </div>
    </PageFrame>
  );
}
