// Shows the button that prints the page. Without this, the browser's own menu prints as well.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.classList.remove("with-script");
  button.addEventListener("click", () => window.print());
}
