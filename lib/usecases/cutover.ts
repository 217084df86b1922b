/** Every use case by name: what a front (pages today, a command line or an API tomorrow) may ask for. */

import type { TenantScope } from "@/lib/model/scope";
import { open, openMail } from "./access";
import { activity } from "./activity";
import { agree } from "./agree";
import { turnOff, turnOn } from "./auto-retract";
import { autoPage, autoPreview } from "./auto-retract-page";
import { calendar } from "./calendar";
import { carryOut } from "./carry-out";
import { checkAll } from "./check-all";
import { cloudflarePage } from "./cloudflare-page";
import { chooseAccount, enterToken, removeToken, verifyAgain } from "./cloudflare-token";
import { consent } from "./consent";
import type { Deps } from "./deps";
import { due } from "./due";
import { glance } from "./glance";
import { guide } from "./guide";
import { health } from "./health";
import { noteCount, sendJournalTest } from "./journal-test";
import { follow } from "./live";
import { lookAgain } from "./look-again";
import { mailCsv } from "./mail-csv";
import { mailMessage, mailPicture, mailRaw } from "./mail-message";
import { draftOrder } from "./mail-order-draft";
import { orderPage, ordersPage } from "./mail-order-page";
import { mailOrderWork } from "./mail-order-work";
import { agreeOrder, cancelOrder, putBack, retryOrder } from "./mail-orders";
import { mailPage } from "./mail-page";
import { lookForProof, mailProofPage, pasteHeaders, sendProof } from "./mail-proof";
import { mailProofWork } from "./mail-proof-work";
import { searchMail } from "./mail-search";
import { giveMail, invite, people, peopleForDenied, takeMail, uninvite } from "./people";
import { checkPeople, pickPerson, regionPeople, savePeople, searchPeople, unpickPeople } from "./people-list";
import { makePlan, planPage } from "./plan";
import { queue } from "./queue";
import { cancelRun, goOn, runPage } from "./run-page";
import { planScript, queryScript } from "./script";
import { saveSettings } from "./settings";
import { signIn } from "./sign-in";
import { skip, unskip } from "./skip";
import { stepFresh, stepStored } from "./step";
import { taskList } from "./task-list";
import { tell, tellMe, tellNobody } from "./tell";
import { beginTrace, cancelTrace, resumeTrace, reviewTrace, traceCsv } from "./trace-report";
import { traceView } from "./trace-view";
import { traceReport } from "./trace-work";
import { makeUndoPlan, undoPage } from "./undo-all";
import { undoKit } from "./undo-kit";
import { upload } from "./upload";
import type { Looked, RunView, Visitor } from "./views";
import type { OrderView } from "./views/mail-orders";
import type { TraceView } from "./views/trace";

const RUN_BEAT = { everyMs: 5_000, politeAfterMs: 5 * 60_000 };
/** ui.md 2: every 20 seconds while somebody looks, slower after five minutes. */
const STEP_BEAT = { everyMs: 20_000, politeAfterMs: 5 * 60_000 };
const isRunOver = (run: RunView) => run.state === "done" || run.state === "stopped" || run.state === "cancelled";
const isTraceOver = ({ report }: TraceView) => report === null || ["done", "stopped", "cancelled"].includes(report.state);
const isOrderOver = ({ state }: OrderView) => state === "draft" || state === "done" || state === "stopped" || state === "cancelled";
const isStepSettled = (looked: Looked) => looked.checks.every((c) => c.verdict === "pass" || c.verdict === "warn");

export function cutover(deps: Deps) {
  const run = runPage(deps);
  const fresh = stepFresh(deps);
  const proof = mailProofPage(deps);
  const rejected = traceView(deps);
  const order = orderPage(deps);
  const auto = autoPage(deps);
  return {
    signIn: signIn(deps),
    consent: consent(deps),
    open: open(deps),
    openMail: openMail(deps),
    guide,
    glance: glance(deps),
    taskList: taskList(deps),
    checkAll: checkAll(deps),
    stepStored: stepStored(deps),
    stepFresh: fresh,
    saveSettings: saveSettings(deps),
    makePlan: makePlan(deps),
    plan: planPage(deps),
    undo: undoPage(deps),
    makeUndoPlan: makeUndoPlan(deps),
    undoKit: undoKit(deps),
    agree: agree(deps),
    run,
    iDidIt: goOn(deps, "by-hand-done"),
    resume: goOn(deps, "run-resumed"),
    cancel: cancelRun(deps),
    skip: skip(deps),
    unskip: unskip(deps),
    tellMe: tellMe(deps),
    tellNobody: tellNobody(deps),
    upload: upload(deps),
    queryScript: queryScript(deps),
    planScript: planScript(deps),
    calendar: calendar(deps),
    activity: activity(deps),
    people: people(deps),
    peopleForDenied: peopleForDenied(deps),
    invite: invite(deps),
    uninvite: uninvite(deps),
    giveMail: giveMail(deps),
    takeMail: takeMail(deps),
    orders: {
      draft: draftOrder(deps),
      page: order,
      list: ordersPage(deps),
      agree: agreeOrder(deps),
      cancel: cancelOrder(deps),
      retry: retryOrder(deps),
      putBack: putBack(deps),
      signals: (scope: TenantScope, visitor: Visitor, id: string, signal: AbortSignal) =>
        follow(deps, scope, () => order(scope, visitor, id), isOrderOver, signal, RUN_BEAT),
    },
    autoRetract: {
      page: auto,
      preview: autoPreview(deps),
      turnOn: turnOn(deps),
      turnOff: turnOff(deps),
      signals: (scope: TenantScope, visitor: Visitor, signal: AbortSignal) =>
        follow(
          deps,
          scope,
          () => auto(scope, visitor),
          ({ state }) => state !== "on",
          signal,
          RUN_BEAT,
        ),
    },
    cloudflare: {
      page: cloudflarePage(deps),
      enter: enterToken(deps),
      choose: chooseAccount(deps),
      verify: verifyAgain(deps),
      remove: removeToken(deps),
    },
    rejected: {
      page: rejected,
      begin: beginTrace(deps),
      cancel: cancelTrace(deps),
      resume: resumeTrace(deps),
      reviewed: reviewTrace(deps),
      csv: traceCsv(deps),
      signals: (scope: TenantScope, visitor: Visitor, signal: AbortSignal) =>
        follow(deps, scope, () => rejected(scope, visitor), isTraceOver, signal, RUN_BEAT),
    },
    mailProof: { page: proof, send: sendProof(deps), paste: pasteHeaders(deps), look: lookForProof(deps) },
    mail: {
      page: mailPage(deps),
      search: searchMail(deps),
      message: mailMessage(deps),
      picture: mailPicture(deps),
      raw: mailRaw(deps),
      csv: mailCsv(deps),
    },
    regionPeople: {
      page: regionPeople(deps),
      search: searchPeople(deps),
      check: checkPeople(deps),
      save: savePeople(deps),
      pick: pickPerson(deps),
      unpick: unpickPeople(deps),
    },
    journalTest: { send: sendJournalTest(deps), count: noteCount(deps) },
    queue: queue(deps),
    health: health(deps),
    runSignals: (scope: TenantScope, visitor: Visitor, id: string, signal: AbortSignal) =>
      follow(deps, scope, () => run(scope, visitor, id), isRunOver, signal, RUN_BEAT),
    proofSignals: (scope: TenantScope, visitor: Visitor, signal: AbortSignal) =>
      follow(
        deps,
        scope,
        () => proof(scope, visitor),
        (view) => view.proof?.isOpen !== true,
        signal,
        RUN_BEAT,
      ),
    stepSignals: (scope: TenantScope, id: string, signal: AbortSignal) =>
      follow(deps, scope, () => fresh(scope, id), isStepSettled, signal, STEP_BEAT),
    /** For the worker. */
    work: {
      carryOut: carryOut(deps),
      lookAgain: lookAgain(deps),
      due: due(deps),
      tell: tell(deps),
      traceReport: traceReport(deps),
      mailProof: mailProofWork(deps),
      mailOrder: mailOrderWork(deps),
    },
  };
}
