/** Defender: Policies > Anti-spam > Connection filter policy (Default), and the anti-spam policy's SPF setting. */
import { byHand } from "../exchange/by-hand";
import { listOf } from "../exchange/kinds/kind";
import { area, button, choice, linesOf, tick } from "./fields";
import { markup } from "./markup";
import { action, type Section } from "./section";

/** The portal edits a list entry by entry, so what goes out is what came in and what went. */
function delta(before: string[], after: string[]) {
  return {
    "@odata.type": "#Exchange.GenericHashTable",
    Add: after.filter((entry) => !before.includes(entry)),
    Remove: before.filter((entry) => !after.includes(entry)),
  };
}

export const connectionFilter: Section = {
  id: "connection-filter",
  title: "Connection filter policy (Default)",
  show: (tenant) => {
    const policy = tenant.exchange["HostedConnectionFilterPolicy"]?.[0];
    const allowed = listOf(policy?.["IPAllowList"]);
    return markup`<p>${allowed.length} of at most 1,273 entries are always allowed.</p>
<form method="post" action="${action(tenant, "connection-filter")}">
${area("IPAllowList", "Always allow messages from the following IP addresses or address range", allowed)}
${area("IPBlockList", "Always block messages from the following IP addresses or address range", listOf(policy?.["IPBlockList"]))}
${tick("EnableSafeList", "Turn on safe list", policy?.["EnableSafeList"] === true)}
${button("Save connection filter")}</form>`;
  },
  act: (tenant, world, form) => {
    const policy = tenant.exchange["HostedConnectionFilterPolicy"]?.[0];
    return byHand(world, tenant, "Set-HostedConnectionFilterPolicy", {
      Identity: "Default",
      IPAllowList: delta(listOf(policy?.["IPAllowList"]), linesOf(form.get("IPAllowList"))),
      IPBlockList: delta(listOf(policy?.["IPBlockList"]), linesOf(form.get("IPBlockList"))),
      EnableSafeList: form.has("EnableSafeList"),
    });
  },
};

export const antiSpam: Section = {
  id: "anti-spam",
  title: "Anti-spam inbound policy (Default)",
  show: (tenant) => {
    const policy = tenant.exchange["HostedContentFilterPolicy"]?.find((one) => one.Name === "Default");
    return markup`<form method="post" action="${action(tenant, "anti-spam")}">
${choice("MarkAsSpamSpfRecordHardFail", "SPF record: hard fail", String(policy?.["MarkAsSpamSpfRecordHardFail"]), ["Off", "On"])}
${button("Save anti-spam policy")}</form>`;
  },
  act: (tenant, world, form) =>
    byHand(world, tenant, "Set-HostedContentFilterPolicy", {
      Identity: "Default",
      MarkAsSpamSpfRecordHardFail: form.get("MarkAsSpamSpfRecordHardFail") ?? "",
    }),
};
