/** What kind of build this is. NODE_ENV belongs to Next, which writes it into the build; it is no setting of ours (lib/base/env has those). */

export const isDevelopment = process.env.NODE_ENV === "development";
/** The gallery of components: always in development, elsewhere only on request. */
export const hasGallery = isDevelopment || process.env["UI_GALLERY"] === "1";
