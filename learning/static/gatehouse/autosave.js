// Wagtail saves a form by itself while one types. A button pressed before that save is answered would post the form to
// where it began, and make a second row of what is new: so the press waits for the answer.
let saving = false;
let pressed = null;

function answered() {
  saving = false;
  if (!pressed) return;
  const { form, submitter } = pressed;
  pressed = null;
  if (submitter?.name) {
    // Wagtail may have disabled the button meanwhile, and what is disabled is not sent.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(field);
  }
  form.requestSubmit();
}

document.addEventListener("w-autosave:save", () => {
  saving = true;
});
document.addEventListener("w-autosave:success", answered);
document.addEventListener("w-autosave:error", answered);
document.addEventListener(
  "submit",
  (event) => {
    if (!saving || !event.target.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = { form: event.target, submitter: event.submitter };
  },
  true,
);
