/** The form that the tick boxes of a plan belong to, wherever on the page they stand. */
export const FORM_ID = "agree";

/** A longer plan is agreed to as a whole. */
export const MOST_TICKED = 60;
