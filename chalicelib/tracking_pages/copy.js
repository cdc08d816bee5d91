// Shows the copy buttons, which are hidden without JavaScript or without access to the clipboard.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
      button.nextElementSibling.textContent = button.dataset.done;
      setTimeout(() => {
        button.textContent = label;
        button.nextElementSibling.textContent = "";
      }, 3000);
    });
  }
}
