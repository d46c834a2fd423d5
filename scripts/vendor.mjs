// Copies the fonts of the page from npm into the package, with version, licence and checksum beside them.

import { createHash } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";

const TARGET = new URL("../src/emotion_stream/web/static/fonts/", import.meta.url);
const FONTS = {
  newsreader: "newsreader-latin-opsz-normal.woff2",
  "instrument-sans": "instrument-sans-latin-wght-normal.woff2",
};

const vendored = [];
for (const [name, file] of Object.entries(FONTS)) {
  const source = new URL(`../node_modules/@fontsource-variable/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL("package.json", source), "utf8"));
  const licenceFile = `${name}-LICENSE.txt`;
  await copyFile(new URL(`files/${file}`, source), new URL(file, TARGET));
  await copyFile(new URL("LICENSE", source), new URL(licenceFile, TARGET));
  const sha256 = createHash("sha256")
    .update(await readFile(new URL(file, TARGET)))
    .digest("hex");
  const module = `@fontsource-variable/${name}`;
  vendored.push({
    file,
    package: module,
    version,
    licence: license,
    licence_file: licenceFile,
    sha256,
  });
}
await writeFile(new URL("vendored.json", TARGET), `${JSON.stringify(vendored, null, 2)}\n`);
