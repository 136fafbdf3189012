// The evidence behind a figure, in the page's one dialog; sentences to copy; the table again as cards; and all of it unfolded for print.
{
  const dialog = document.getElementById("evidence");
  const content = dialog.querySelector(".content");
  const openers = ".cell, .sentences a";
  let wanted = null;

  // What a link leads to: a template of this page, or a place on a page of the same site.
  const found = async (link) => {
    const [place, name] = link.getAttribute("href").split("#");
    const page = document.createElement("template"); // whose style and scripts stay text
    if (place) page.innerHTML = await (await fetch(place)).text();
    const part = (place ? page.content : document).getElementById(decodeURIComponent(name));
    return part.content ?? part;
  };

  const show = async (link) => {
    wanted = link;
    try {
      const part = await found(link);
      if (wanted !== link) return;
      content.replaceChildren(...document.importNode(part, true).childNodes);
    } catch {
      location.assign(link.href); // as without a script
      return;
    }
    dialog.ariaLabel = content.querySelector("h2").textContent;
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  for (const each of document.querySelectorAll(".sentences li")) {
    const [button] = document.getElementById("copy").content.cloneNode(true).children;
    button.ariaLabel = `${button.textContent}: ${each.textContent}`;
    each.append(button);
  }

  const make = (name, ...parts) => {
    const made = document.createElement(name);
    made.append(...parts);
    return made;
  };
  const copied = (node) => [...node.childNodes].map((each) => each.cloneNode(true));

  // A column of the table as a card, for narrow windows and for print.
  const card = ([heads, above], rows, column) => {
    const [label, ...share] = copied(heads.cells[column]);
    const made = make("details", make("summary", make("h3", label), ...share));
    made.open = column <= 3;
    const filled = (row) => row?.cells[column].childElementCount;
    if (filled(above)) {
      made.append(make("div", make("span", ...copied(above.cells[0])), ...copied(above.cells[column])));
      made.lastChild.className = "against";
    }
    const told = (row) => make("div", make("dt", row.cells[0].firstChild.cloneNode()), make("dd", ...copied(row.cells[column])));
    made.append(make("dl", ...rows.filter(filled).map(told)));
    return made;
  };
  for (const table of document.querySelectorAll(".matrix table")) {
    const rows = [...table.tBodies].flatMap((each) => [...each.rows].slice(1)); // the first names the role
    const columns = [...table.tHead.rows[0].cells].slice(1);
    document.querySelector(".cards").append(...columns.map((_, before) => card(table.tHead.rows, rows, before + 1)));
  }

  for (const each of document.querySelectorAll(openers)) each.ariaHasPopup = "dialog";
  document.addEventListener("click", (event) => {
    const link = event.target.closest(openers);
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      show(link);
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
