// Of all names, which stand in a file beside the page, those that hold every word that is sought: the address's, then what is typed.
{
  const [MOST, OTHERS] = [60, 4]; // things shown, and other names of each, of those that hold what is sought
  const field = document.querySelector("[role=search] input[type=search]");
  const told = document.getElementById("told");
  const list = document.getElementById("names");
  let entries = [];

  const folded = (text) => text.normalize("NFKC").toLowerCase(); // letters of any width and case

  const made = (name, text, children = []) => {
    const element = document.createElement(name);
    element.append(text, ...children);
    return element;
  };

  const entry = ({ href, names, low, kinds }, sought) => {
    const link = made("a", names[0]);
    link.href = href;
    const others = names.filter((_, place) => place && sought.some((word) => low[place].includes(word))).slice(0, OTHERS);
    return made("div", made("dt", kinds.join(" ")), [made("dd", link, others.length ? [` (${others.join(" · ")})`] : [])]);
  };

  const closeness = ({ low }, whole) => (low.includes(whole) ? 0 : low.some((name) => name.startsWith(whole)) ? 1 : 2);

  const show = () => {
    const sought = folded(field.value).split(/\s+/).filter(Boolean);
    const whole = sought.join(" ");
    const holds = ({ low }) => low.some((name) => sought.every((word) => name.includes(word)));
    const found = sought.length ? entries.filter(holds).sort((a, b) => closeness(a, whole) - closeness(b, whole)) : [];
    list.replaceChildren(...found.slice(0, MOST).map((each) => entry(each, sought)));
    told.textContent = !sought.length ? "" : found.length ? told.dataset.found.replace("{}", found.length) : told.dataset.nothing;
  };

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  fetch("names.json")
    .then((answer) => answer.json())
    .then((names) => {
      entries = names.map((each) => ({ ...each, low: each.names.map(folded) }));
      show();
    })
    .catch(() => {
      told.textContent = told.dataset.failed;
    });
}
