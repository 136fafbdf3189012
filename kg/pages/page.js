"use strict";
// What every page does: light or dark for as long as the page is open, and copying a text.
{
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("words").textContent);
  const status = document.getElementById("status");

  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const told = (button, text) => {
    status.textContent = text;
    button.dataset.done = text;
    setTimeout(() => {
      delete button.dataset.done;
      status.textContent = "";
    }, 2000);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const said = button.closest("li").querySelector("p");
    try {
      await navigator.clipboard.writeText(said.textContent);
      told(button, words.copied);
    } catch {
      getSelection().selectAllChildren(said);
      told(button, words.not_copied);
    }
  });
}
