import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ErrorSummary, fieldId } from "./error-summary";

const problem = { code: "rejected", say: "Two answers cannot be used.", fix: "Correct them and save again." } as const;

describe("the error summary", () => {
  it("is read out, can take the focus, and says what to do", () => {
    const html = renderToStaticMarkup(<ErrorSummary refused={{ problem }} />);
    expect(html).toContain('role="alert"');
    expect(html).toContain('tabindex="-1"');
    expect(html).toContain("There is a problem");
    expect(html).toContain(problem.fix);
  });

  it("leads to each field in the words that stand beside it", () => {
    const html = renderToStaticMarkup(<ErrorSummary refused={{ problem, fields: { "ttl[contoso.com]": "Enter the TTL in seconds" } }} />);
    expect(fieldId("ttl[contoso.com]")).toBe("field-ttl-contoso-com-");
    expect(html).toContain('<a href="#field-ttl-contoso-com-">Enter the TTL in seconds</a>');
  });

  it("offers to sign in again beside the form when the session ended in the middle", () => {
    const html = renderToStaticMarkup(
      <ErrorSummary
        refused={{ problem: { code: "denied", say: "Your session has ended." }, signInHref: "/auth/sign-in?returnTo=/signed-in" }}
      />,
    );
    expect(html).toContain('target="_blank"');
    expect(html).toContain("What you entered is still here");
  });

  it("offers no sign-in for any other refusal", () => {
    expect(renderToStaticMarkup(<ErrorSummary refused={{ problem }} />)).not.toContain("Sign in again");
  });
});
