/** Hands in the JSON file that our script has written. */
import { ActionForm } from "@/components/action-form";
import { FileField } from "@/components/file-field";
import { UPLOAD_MAX_BYTES } from "@/lib/model/upload";
import { upload } from "../../actions";

export function UploadForm({ tenant, step, plan }: { readonly tenant: string; readonly step: string; readonly plan?: string }) {
  return (
    <div className="card px-4 py-5 sm:px-5">
      <ActionForm
        action={upload}
        hidden={{ _tenant: tenant, _step: step, ...(plan === undefined ? {} : { _plan: plan }) }}
        submit="Upload"
        busy="Reading the file…"
        tone="plain"
        maxBytes={UPLOAD_MAX_BYTES}
      >
        <FileField
          name="file"
          label="Upload what the script has written"
          hint="The JSON file, unchanged. It shows when it was made and who uploaded it."
          accept=".json,application/json"
        />
      </ActionForm>
    </div>
  );
}
