// The evidence behind a cell, in the page's one dialog; and everything unfolded for print.
{
  const dialog = document.getElementById("evidence");
  const content = dialog.querySelector(".content");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens]");
    if (button) {
      content.replaceChildren(document.getElementById(button.dataset.opens).content.cloneNode(true));
      dialog.showModal();
      dialog.scrollTop = 0;
    } else if (event.target === dialog || event.target.closest("#close")) {
      dialog.close(); // the dialog itself is hit beside its content: on the backdrop
    }
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
}
