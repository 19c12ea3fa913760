"use strict";
// A link that holds the description behind its #: browsers send nothing of that to a server. Without this file the description can be copied.
(() => {
  const BEGIN = "#flow=", LONGEST = 60000;
  const area = document.getElementById("description");
  const share = document.getElementById("share");

  const through = async (bytes, stream) =>
    new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

  const written = async (text) => {
    const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
    const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  };

  const read = async (text) => {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await through(packed, new DecompressionStream("deflate-raw")));
  };

  const arrive = async () => {
    const text = await read(location.hash.slice(BEGIN.length));
    history.replaceState(null, "", location.pathname + location.search);
    area.value = text;
    area.form.requestSubmit();
  };

  const show = async () => {
    const hash = BEGIN + (await written(JSON.stringify(JSON.parse(area.value))));
    share.hidden = hash.length > LONGEST;
    document.getElementById("link").value = location.origin + location.pathname + hash;
  };

  if (area && location.hash.startsWith(BEGIN) && location.hash.length <= LONGEST) arrive().catch(() => {});
  else if (area && share) {
    show().catch(() => {});
    area.addEventListener("change", () => show().catch(() => { share.hidden = true; }));
    document.getElementById("link").addEventListener("focus", (event) => event.target.select());
  }
})();
