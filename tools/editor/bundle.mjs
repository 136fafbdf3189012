// Writes kg/viewer/vendor/codemirror.min.js with its licences, and its entry in the manifest there.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const vendor = new URL("../../kg/viewer/vendor/", import.meta.url);
const { metafile, outputFiles } = await build({
  entryPoints: ["codemirror.js"], bundle: true, minify: true, write: false, metafile: true, outfile: "codemirror.min.js",
  format: "iife", globalName: "CodeMirror", legalComments: "none", target: "es2022", charset: "ascii",
});
const names = Object.keys(metafile.inputs).flatMap((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
const parts = [...new Set(names)].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  return { name, version, licence: license, text: readFileSync(`node_modules/${name}/LICENSE`, "utf8") };
});
const [{ contents }] = outputFiles;
const entry = {
  name: "codemirror",
  version: parts.find((part) => part.name === "@codemirror/view").version,
  file: "codemirror.min.js",
  licence: [...new Set(parts.map((part) => part.licence))].join(" AND "),
  licence_file: "codemirror.LICENSE",
  use: "the editor of the page that asks in SPARQL; one file made by 'make editor' of the packages in parts",
  parts: Object.fromEntries(parts.map(({ name, version }) => [name, version])),
  sha256: createHash("sha256").update(contents).digest("hex"),
};
writeFileSync(new URL(entry.file, vendor), contents);
writeFileSync(new URL(entry.licence_file, vendor), parts.map(({ name, version, text }) => `${name} ${version}\n\n${text.trim()}\n`).join("\n"));
const manifest = JSON.parse(readFileSync(new URL("manifest.json", vendor))).filter((each) => each.name !== entry.name);
writeFileSync(new URL("manifest.json", vendor), JSON.stringify([...manifest, entry], null, 1) + "\n");
