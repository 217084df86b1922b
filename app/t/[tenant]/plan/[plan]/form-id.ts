/** The form that the tick boxes of a plan belong to, wherever on the page they stand. */
export const FORM_ID = "agree";
