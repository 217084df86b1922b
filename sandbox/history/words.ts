/** What made-up mail is about, by what the vendor thinks of it; `#` stands for a number. Companies and people are named by role. */
import type { Disposition } from "../mail/disposition";

type Kind = {
  /** Local part, name, first label of the domain. */
  senders: readonly (readonly [local: string, name: string, domain: string])[];
  subjects: readonly string[];
  /** One line of text for each message. */
  text: string;
};

export const kinds: Readonly<Record<Disposition, Kind>> = {
  NONE: {
    senders: [
      ["orders", "Orders, Partner #", "partner"],
      ["billing", "Accounts receivable, Partner #", "partner"],
      ["versand", "Versand, Lieferant #", "lieferant"],
      ["compta", "Comptabilité, Fournisseur #", "fournisseur"],
      ["support", "Support desk #", "service"],
      ["calendar", "Meeting room #", "partner"],
      ["soporte", "Soporte, Proveedor #", "proveedor"],
      ["eigyo", "営業部 #", "torihiki"],
    ],
    subjects: [
      "Order # confirmed",
      "Invoice #",
      "Re: Quote for project #",
      "Minutes of the meeting in room #",
      "Your ticket # was answered",
      "Lieferschein # zu Ihrer Bestellung",
      "Rechnung # – Zahlungsziel 30 Tage",
      "Facture n° # à régler",
      "Réunion de suivi, salle #",
      "Presupuesto # aprobado",
      "お見積り #",
      "Fwd: Timetable for week #",
      "Re: Re: Delivery #, partly late",
      "Contract # (signed copy)",
    ],
    text: "As discussed, here is what you asked for.",
  },
  BULK: {
    senders: [
      ["news", "Shop # news", "shop"],
      ["newsletter", "Fachverlag #", "verlag"],
      ["events", "Trade fair #", "fair"],
    ],
    subjects: [
      "# new things for spring",
      "Newsletter no. #",
      "Nur noch # Stunden: Rabatt",
      "Invitation: trade fair hall #",
      "Dernière chance : -#%",
      "Webinar # – watch again",
    ],
    text: "You get this because you are on our list.",
  },
  SPAM: {
    senders: [
      ["offer", "Best offer #", "deal"],
      ["winner", "Prize draw #", "prize"],
    ],
    subjects: [
      "You have won # times",
      "Cheap watches, lot #",
      "Kredit ohne Schufa #",
      "Lose # pounds in a week",
      "Gagnez # euros",
      "¡Oferta # sólo hoy!",
      "中奖通知 #",
    ],
    text: "Click now, today only.",
  },
  SUSPICIOUS: {
    senders: [
      ["notice", "Shared documents #", "docs-share"],
      ["voicemail", "Voice message #", "voice-note"],
    ],
    subjects: [
      "Document # was shared with you",
      "Voice message, # seconds",
      "Sicherheitsmeldung Nr. #",
      "Your mailbox is # % full",
      "Action needed: form #",
    ],
    text: "Open the document with the link below.",
  },
  SPOOF: {
    senders: [
      ["it.service", "IT service desk", ""],
      ["payroll", "Payroll", ""],
    ],
    subjects: ["Your password runs out in # days", "Changed bank account, case #", "Neue Reiserichtlinie #", "Leave request # refused"],
    text: "Please act before the end of the day.",
  },
  MALICIOUS: {
    senders: [
      ["security", "Account security #", "account-verify"],
      ["parcel", "Parcel service #", "parcel-track"],
    ],
    subjects: [
      "Unusual sign-in, case #",
      "Parcel # could not be delivered",
      "Overdue: invoice # attached",
      "Ihr Konto wurde gesperrt (#)",
      "Votre colis # est en attente",
      "Tax refund #",
    ],
    text: "Sign in at once, or your account will be closed.",
  },
  "MALICIOUS-BEC": {
    senders: [["director.office", "Managing director", "mail"]],
    subjects: ["Are you at your desk?", "Confidential: transfer #", "Dringend: Überweisung heute noch", "Gift cards for client #"],
    text: "I am in a meeting, answer by mail only. I need this done quietly.",
  },
};
