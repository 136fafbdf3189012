// Of all names, those that hold every word that is sought: what the address asks for, then what is typed.
{
  const field = document.querySelector("[role=search] input[type=search]");
  const told = document.getElementById("told");
  const entries = [...document.querySelectorAll("#names > div")].map((entry) => [entry, entry.textContent.toLowerCase()]);

  const show = () => {
    const sought = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [entry, text] of entries) {
      entry.hidden = !sought.every((word) => text.includes(word));
      found += !entry.hidden;
    }
    told.textContent = found ? told.dataset.found.replace("{}", found) : told.dataset.nothing;
  };

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
}
