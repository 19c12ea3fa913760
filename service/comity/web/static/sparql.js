// Puts the editor in the place of the plain field: our prefixes, our words as completions, nothing asked of any other host.
const place = document.getElementById("editor");
const field = document.getElementById("query");
const form = document.getElementById("sparql-form");

async function start() {
  const words = await (await fetch(place.dataset.words)).json();
  const completers = Yasgui.Yasqe.Autocompleters;
  for (const kind of ["class", "property"]) {
    const own = { ...completers[kind], name: `comity-${kind}`, bulk: true, persistenceId: null, get: async () => words[kind] };
    Yasgui.Yasqe.registerAutocompleter(own, true);
  }
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "prefixes", "comity-class", "comity-property"];
  const editor = new Yasgui.Yasqe(place, {
    value: field.value,
    persistenceId: null,
    showQueryButton: false,
    createShareableLink: null,
    resizeable: true,
    prefixCcApi: null,
    autocompleters: ["variables", "prefixes", "comity-class", "comity-property"],
  });
  place.hidden = false;
  editor.refresh();
  const input = editor.getInputField();
  input.setAttribute("aria-label", document.querySelector('label[for="query"]').textContent);
  field.closest(".field").querySelector("label").id = "query-label";
  field.hidden = true;
  form.insertBefore(place, form.querySelector(".sparql-send"));
  form.addEventListener("submit", () => { field.value = editor.getValue(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

// Whatever fails, the plain field stays.
start().catch(() => { place.hidden = true; field.hidden = false; });
