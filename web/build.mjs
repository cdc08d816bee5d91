// Builds the screens: `node build.mjs OUT`. The same sources give the same bytes, whatever folder they are in.
import { build } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = process.argv[2];
if (!out) throw new Error('usage: node build.mjs OUT');

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'assets'), { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: {
    embed: 'src/embed.ts',
    portal: 'src/portal.ts',
    console: 'src/console/console.ts',
    gallery: 'src/gallery/gallery.ts',
    page: 'src/portal.css',
  },
  outdir: join(out, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** Each entry's file, and the files that it imports before it runs, in the order of the metafile. */
const outputs = Object.entries(metafile.outputs);
const fileOf = (entry) => outputs.find(([, output]) => output.entryPoint === entry)[0];
const importsOf = (file, seen = new Set()) => {
  for (const { path, kind } of metafile.outputs[file].imports) {
    if (kind === 'import-statement' && !seen.has(path)) importsOf(path, seen.add(path));
  }
  return [...seen];
};
const served = (file) => `assets/${basename(file)}`;
const entry = (source) => {
  const file = fileOf(source);
  return { script: served(file), imports: importsOf(file).map(served), style: served(fileOf('src/portal.css')) };
};

// Everything that the components need is named here, so that a browser asks for all of it at once.
const embed = entry('src/embed.ts');
const loader = [...embed.imports.map((file) => `import"./${file}";`), `export*from"./${embed.script}";`];
await writeFile(join(out, 'embed.js'), `${loader.join('\n')}\n`);
const built = {
  portal: entry('src/portal.ts'),
  console: entry('src/console/console.ts'),
  gallery: entry('src/gallery/gallery.ts'),
};
await writeFile(join(out, 'built.json'), `${JSON.stringify(built, null, 2)}\n`);
