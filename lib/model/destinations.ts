/** Where a message may be moved after delivery: folders as the vendor's API names them, and what each means for the person whose mail it is. */

export const FOLDERS = ["Inbox", "JunkEmail", "DeletedItems", "RecoverableItemsDeletions", "RecoverableItemsPurges"] as const;
export type Folder = (typeof FOLDERS)[number];

export const isFolder = (text: unknown): text is Folder => FOLDERS.some((one) => one === text);

/** The five choices of the vendor's table, under ids of ours. */
export const CHOICES = ["none", "junk", "trash", "soft", "hard"] as const;
export type Choice = (typeof CHOICES)[number];

/** In the portal's own words for people's folders. */
export const FOLDER_NAMES: Readonly<Record<Folder, string>> = {
  Inbox: "Inbox",
  JunkEmail: "Junk Email",
  DeletedItems: "Deleted Items",
  RecoverableItemsDeletions: "Recoverable Items (deletions)",
  RecoverableItemsPurges: "Recoverable Items (purges)",
};

/** Who gets a message back out of a folder. */
export const BACK: Readonly<Record<Folder, string>> = {
  Inbox: "It is in sight: nothing has to be taken back.",
  JunkEmail: "The person can move it back, and so can you, here.",
  DeletedItems: "The person can move it back, and so can you, here.",
  RecoverableItemsDeletions: "The person finds it under “Recover items deleted from this folder”; you can put it back here.",
  RecoverableItemsPurges: "It cannot be taken back here. Only an eDiscovery search by an administrator brings it back.",
};

/** Nobody but eDiscovery reaches what was purged. */
export const isForGood = (folder: Folder): boolean => folder === "RecoverableItemsPurges";
