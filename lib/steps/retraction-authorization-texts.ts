/** What the guide says about authorising the vendor to move messages after delivery. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";

export const authorizationTexts = ({ vendor, retraction }: Profile): Texts => {
  const { application, authorize, menu, support, permissions } = retraction.value;
  return {
    title: `Let ${vendor} move messages after delivery`,
    hint: "Authorise its application, and see that it may do no more than it needs",
    why: [
      `Some messages turn out to be bad after they were delivered; then ${vendor} takes them out of mailboxes, if your organisation lets its application do so.`,
      "That application can reach everybody's mail, so it should be the right one, with the least permissions, and somebody should know that it is there.",
      "It is tied to no administrator's account: it goes on working when whoever authorised it leaves.",
    ],
    should: `“${application}” is an enterprise application of your organisation, its two ids are confirmed, it is turned on, and it holds these permissions of Microsoft Graph: ${permissions.join(", ")}.`,
    role: "Privileged Role Administrator; a Global Administrator can do the same",
    takes: "Five minutes. The permissions work after up to a quarter of an hour.",
    undo: `Delete the application in Microsoft Entra admin center > Enterprise applications > ${application} > Properties > Delete. From then on nothing is moved any more, by ${vendor} or through Cutover. What was moved stays where it is.`,
    fails: [
      {
        when: `${menu} does not show in the dashboard`,
        remedy: `It is turned on by support for your account. Send the message below to ${support.place}.`,
      },
      {
        when: "“Need admin approval”",
        remedy: "The account that signed in may not consent. Somebody with the role above does it; the tables name who holds it.",
      },
      {
        when: "Nobody has the role",
        remedy:
          "Microsoft Entra admin center > Roles & admins > Privileged Role Administrator > Add assignments. In the Microsoft 365 admin center it stands under Users > Active users > Manage roles > Identity.",
      },
      {
        when: "The administrator who authorised it leaves",
        remedy: "The application goes on working. See that two people hold a role that may authorise it again.",
      },
      {
        when: "It worked, and moves fail now with a refused authorisation",
        remedy: "Somebody revoked the consent or deleted the application; the findings say so. Authorise it again.",
      },
      {
        when: "Two applications have the same name",
        remedy: `Confirm neither before ${vendor}'s support has told you both ids. The one nobody knows may be somebody who wants to read your mail.`,
      },
    ],
    byHand: [
      { say: `Open ${authorize.place}.` },
      {
        say: `If ${menu} does not show there, send this to ${support.place}, with your domain, and go on when support has answered.`,
        copy: [support.message],
      },
      ...authorize.clicks.map((say) => ({ say })),
      { say: "Sign in with an account that is Privileged Role Administrator or Global Administrator." },
      {
        say: "Microsoft lists the permissions asked for. Compare them with these; then select Accept. If more is asked for, ask support why first.",
        copy: [permissions.join(", ")],
      },
      { say: authorize.after },
      {
        say: "To review it, open the Microsoft Entra admin center, go to Enterprise applications, search for this name, and open Permissions.",
        copy: [application],
      },
      { say: "Come back here and choose “Check again”, compare both ids, and confirm them." },
    ],
    links: [
      {
        title: "Microsoft: review permissions granted to enterprise applications",
        href: "https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions",
      },
      {
        title: "Microsoft: Privileged Role Administrator",
        href: "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference#privileged-role-administrator",
      },
      {
        title: "Cloudflare: auto-move events",
        href: "https://developers.cloudflare.com/cloudflare-one/email-security/settings/auto-moves/",
      },
    ],
  };
};
