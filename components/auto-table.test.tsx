import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { AutoTable, samePlaceOf } from "./auto-table";

const row = { disposition: "SPAM", choice: "soft", label: "Soft Delete", folder: "RecoverableItemsDeletions" } as const;

it("every choice says what it means, no action too", () => {
  const html = renderToStaticMarkup(
    <AutoTable
      table={[
        { ...row, disposition: "BULK", choice: "none", label: "No Action", folder: null },
        { ...row, disposition: "MALICIOUS", choice: "hard", label: "Hard Delete", folder: "RecoverableItemsPurges" },
      ]}
    />,
  );
  expect(html).toContain("It stays where it was delivered.");
  expect(html).toContain("Only an eDiscovery search");
});

it("two choices that end in one place are said to, only where they do", () => {
  expect(samePlaceOf([row])).toBeNull();
  expect(samePlaceOf([{ ...row, folder: "DeletedItems" }])).toContain("same place: Deleted Items");
});
