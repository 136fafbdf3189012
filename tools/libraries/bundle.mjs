// Writes each library into kg/pages/vendor with its licences, and its entry in the manifest there.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const vendor = new URL("../../kg/pages/vendor/", import.meta.url);
const LICENCES = ["LICENSE", "LICENSE.md", "LICENSE.txt"];

const part = (name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`));
  const file = LICENCES.map((each) => `${folder}/${each}`).find(existsSync);
  return { name, version, licence: license, text: readFileSync(file, "utf8") };
};

const library = async (name, globalName, main, use, options = {}) => {
  const { metafile, outputFiles } = await build({
    entryPoints: [`${name}.js`], bundle: true, minify: true, write: false, metafile: true, outfile: `${name}.min.js`,
    format: "iife", globalName, legalComments: "none", target: "es2022", charset: "ascii", ...options,
  });
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  const names = kept.flatMap((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  const parts = [...new Set(names)].sort().map(part);
  const [{ contents }] = outputFiles;
  const entry = {
    name,
    version: part(main).version,
    file: `${name}.min.js`,
    licence: [...new Set(parts.map((each) => each.licence))].sort().join(" AND "),
    licence_file: `${name}.LICENSE`,
    use,
    parts: Object.fromEntries(parts.map((each) => [each.name, each.version])),
    sha256: createHash("sha256").update(contents).digest("hex"),
  };
  writeFileSync(new URL(entry.file, vendor), contents);
  writeFileSync(new URL(entry.licence_file, vendor), parts.map((each) => `${each.name} ${each.version}\n\n${each.text.trim()}\n`).join("\n"));
  return entry;
};

const MADE = "one file made by 'make libraries' of the packages in parts";
const entries = [
  await library("codemirror", "CodeMirror", "@codemirror/view", `the editor of the page that asks in SPARQL; ${MADE}`),
  await library("vega", "Vega", "vega", `the page of charts; ${MADE}`, { alias: { vega: "vega-util" } }), // all that Vega-Lite takes of it
];
const manifest = JSON.parse(readFileSync(new URL("manifest.json", vendor))).filter((each) => !entries.some(({ name }) => name === each.name));
writeFileSync(new URL("manifest.json", vendor), JSON.stringify([...manifest, ...entries], null, 1) + "\n");
